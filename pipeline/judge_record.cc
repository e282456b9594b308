// Judge record: the facts of one reading against what its annotator saw.
#include "pipeline/judge_record.h"

#include <algorithm>

#include "base/fold.h"
#include "pipeline/row.h"

namespace tearsheet {

namespace {

std::string field_text(const Fields& fields, std::string_view name) {
  const Scalar* value = find(fields, name);
  return value == nullptr ? std::string() : to_string(*value);
}

bool same_money(const Tree& want, const Fields& got, bool in_all) {
  for (const auto& [key, value] : want.members) {
    if (!in_all && key != "amount" && key != "currency") continue;
    std::string said = field_text(got, key);
    if (said.empty() && key == "modifier") said = "exact";
    if (!same_value(value.scalar, said)) return false;
  }
  return true;
}

bool shares_money(const Tree& want, const Record& record) {
  const Tree* money = want.find("money");
  return std::any_of(money->items.begin(), money->items.end(), [&](const Tree& one) {
    return std::any_of(record.money.begin(), record.money.end(), [&](const Fields& got) { return same_money(one, got, false); });
  });
}

bool names_money(const Tree& want) {
  const Tree* money = want.find("money");
  return money != nullptr && money->is_list() && !money->items.empty();
}

/// All names by which a value may be called: its words, its name.
void names_in(const Scalar& value, std::vector<std::string>& out) {
  if (const Ref* ref = value.ref()) {
    out.push_back(squash(ref->text));
    out.push_back(squash(ref->name));
  } else if (const auto* list = value.get<std::vector<Scalar>>()) {
    for (const Scalar& item : *list) names_in(item, out);
  } else if (const auto* fields = value.get<Fields>()) {
    for (const Field& field : *fields) names_in(field.value, out);
  } else if (!value.is_none()) {
    out.push_back(squash(to_string(value)));
  }
}

bool is_part_of(const std::string& small, const std::string& big) {
  return !small.empty() && (" " + big + " ").find(" " + small + " ") != std::string::npos;
}

/// A party is named right by any of its names: "Micron" for "Micron Technology, Inc.".
bool names_one(const std::string& want, const std::vector<std::string>& got) {
  const std::string key = squash(want);
  return std::any_of(got.begin(), got.end(),
                     [&](const std::string& name) { return is_part_of(key, name) || is_part_of(name, key); });
}

std::string text_of_member(const Record& record, const std::string& key) {
  if (key == "status") return record.status;
  if (key == "certainty") return record.certainty;
  if (key == "measure") return record.measure;
  return record.sum_ok ? "true" : "false";
}

/// What differs in one key, or "".
std::string difference(const std::string& key, const Tree& want, const Record& record) {
  if (key == "kind" || key == "money" || key == "note") return {};
  if (key == "status" || key == "certainty" || key == "measure" || key == "sum_ok") {
    const std::string got = text_of_member(record, key);
    return got == want.scalar ? std::string() : key + " is " + got + ", not " + want.scalar;
  }
  const Scalar* value = find(record.fields, key);
  if (want.is_map()) {
    const auto* fields = value == nullptr ? nullptr : value->get<Fields>();
    for (const auto& [name, inner] : want.members) {
      const std::string got = fields == nullptr ? std::string() : field_text(*fields, name);
      if (!same_value(inner.scalar, got) && !is_part_of(squash(inner.scalar), squash(got)))
        return key + "." + name + " is " + (got.empty() ? "missing" : got) + ", not " + inner.scalar;
    }
    return {};
  }
  std::vector<std::string> got;
  if (value != nullptr) names_in(*value, got);
  for (const Tree& one : want.is_list() ? want.items : std::vector<Tree>{want}) {
    if (!one.is_scalar() || names_one(one.scalar, got)) continue;
    const std::string said = value == nullptr ? std::string() : readable(*value);
    return key + " is " + (said.empty() ? "missing" : said) + ", not " + one.scalar;
  }
  return {};
}

/// True when one of the names that the annotator gives in any role is found in that role.
bool shares_role(const Tree& want, const Record& record) {
  return std::any_of(want.members.begin(), want.members.end(), [&](const auto& member) {
    const auto& [key, value] = member;
    const Scalar* found = find(record.fields, key);
    if (found == nullptr || value.is_map()) return false;
    std::vector<std::string> got;
    names_in(*found, got);
    const std::vector<Tree> names = value.is_list() ? value.items : std::vector<Tree>{value};
    return std::any_of(names.begin(), names.end(),
                       [&](const Tree& one) { return one.is_scalar() && names_one(one.scalar, got); });
  });
}

std::string title_of(const Tree& want) {
  std::string out(want.text("kind"));
  for (std::string_view key : {"payer", "authority", "issuer", "owner", "parties", "outcome"}) {
    const Tree* value = want.find(key);
    if (value == nullptr) continue;
    if (value->is_scalar()) out += " " + value->scalar;
    for (const Tree& name : value->items) out += " " + name.scalar;
  }
  if (names_money(want)) out += " " + std::string(want.find("money")->items.front().text("amount"));
  return out;
}

bool same_money_list(const Tree& want, const Record& record) {
  const Tree* money = want.find("money");
  const std::size_t size = money == nullptr ? 0 : money->items.size();
  if (size != record.money.size()) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (!same_money(money->items[i], record.money[i], true)) return false;
  }
  return true;
}

}  // namespace

void judge_records(const Reading& reading, const GoldDocument& gold, const std::string& where, Scores& scores) {
  const bool complete = gold.complete.contains("records");
  if (gold.records.empty() && !complete) return;
  Tally& tally = scores.types["records"];
  std::vector<bool> taken(reading.records.size());
  const auto differ = [&](std::string kind, std::string what) {
    scores.differences.push_back({where, std::move(kind), "records", std::move(what)});
  };
  for (const Tree& want : gold.records) {
    ++tally.gold;
    std::size_t hit = 0;
    for (; hit < reading.records.size(); ++hit) {
      const Record& record = reading.records[hit];
      if (!taken[hit] && record.kind == want.text("kind") &&
          (names_money(want) ? shares_money(want, record) : shares_role(want, record)))
        break;
    }
    if (hit == reading.records.size()) {
      differ("missed", title_of(want));
      continue;
    }
    taken[hit] = true;
    ++tally.found;
    ++tally.overlap;
    std::string wrong;
    for (const auto& [key, value] : want.members) {
      const std::string one = difference(key, value, reading.records[hit]);
      if (!one.empty()) wrong += (wrong.empty() ? "" : "; ") + one;
    }
    if (!wrong.empty())
      differ("record", title_of(want) + ": " + wrong);
    else
      ++tally.value;
    if (wrong.empty() && same_money_list(want, reading.records[hit])) {
      ++tally.strict;
      ++tally.whole;
    }
  }
  for (std::size_t i = 0; complete && i < reading.records.size(); ++i) {
    if (taken[i] || !is_own(reading.records[i].use)) continue;
    ++tally.found;
    differ("extra", reading.records[i].id + " " + reading.records[i].kind + " by " + reading.records[i].rule);
  }
}

}  // namespace tearsheet
