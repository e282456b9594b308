// Values: fields found by name, compared, and shown as plain text.
#include "tearsheet/value.h"

#include <algorithm>

namespace tearsheet {
namespace {

template <class... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overload(Cases...) -> Overload<Cases...>;

auto place_of(const Fields& fields, std::string_view name) {
  return std::find_if(fields.begin(), fields.end(), [name](const Field& field) { return field.name == name; });
}

std::string joined(const std::vector<Scalar>& list) {
  std::string out;
  for (const Scalar& item : list) {
    if (!out.empty()) out += ' ';
    out += to_string(item);
  }
  return out;
}

std::string joined(const Fields& fields) {
  std::string out;
  for (const Field& field : fields) {
    if (!out.empty()) out += ' ';
    out += field.name + '=' + to_string(field.value);
  }
  return out;
}

}  // namespace

const Ref* Scalar::ref() const {
  const auto* held = get<std::shared_ptr<const Ref>>();
  return held ? held->get() : nullptr;
}

bool Scalar::operator==(const Scalar& other) const {
  const Ref* mine = ref();
  const Ref* theirs = other.ref();
  if (mine && theirs) return mine == theirs || *mine == *theirs;
  return value == other.value;
}

const Scalar* find(const Fields& fields, std::string_view name) {
  const auto it = place_of(fields, name);
  return it == fields.end() ? nullptr : &it->value;
}

std::string_view text_of(const Fields& fields, std::string_view name) {
  const Scalar* value = find(fields, name);
  const std::string* text = value ? value->get<std::string>() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

void set(Fields& fields, std::string_view name, Scalar value) {
  const auto it = place_of(fields, name);
  if (it == fields.end()) {
    fields.push_back({std::string(name), std::move(value)});
  } else {
    fields[static_cast<std::size_t>(it - fields.begin())].value = std::move(value);
  }
}

void unset(Fields& fields, std::string_view name) {
  const auto it = place_of(fields, name);
  if (it != fields.end()) fields.erase(it);
}

std::string to_string(const Scalar& value) {
  return std::visit(Overload{
                        [](std::monostate) { return std::string(); },
                        [](bool v) { return std::string(v ? "true" : "false"); },
                        [](std::int64_t v) { return std::to_string(v); },
                        [](const Decimal& v) { return v.to_string(); },
                        [](const Date& v) { return v.iso(); },
                        [](const std::string& v) { return v; },
                        [](const std::vector<Scalar>& v) { return joined(v); },
                        [](const Fields& v) { return joined(v); },
                        [](const std::shared_ptr<const Ref>& v) {
                          if (!v) return std::string();
                          return v->name.empty() ? v->text : v->name;
                        },
                    },
                    value.value);
}

}  // namespace tearsheet
