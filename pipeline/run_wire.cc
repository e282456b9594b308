// Run wire: every field in order, strings with their length before them.
#include "pipeline/run_wire.h"

#include <algorithm>
#include <cstring>

namespace tearsheet {
namespace {

class Writer {
 public:
  void operator()(std::uint64_t number) { bytes_.append(reinterpret_cast<const char*>(&number), sizeof number); }
  void operator()(std::string_view text) {
    (*this)(static_cast<std::uint64_t>(text.size()));
    bytes_.append(text);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t out = 0;
    if (rest_.size() < sizeof out) return 0;
    std::memcpy(&out, rest_.data(), sizeof out);
    rest_.remove_prefix(sizeof out);
    return out;
  }
  std::string text() {
    const std::uint64_t said = number();  // before the rest is measured
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(said, rest_.size()));
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string to_wire(const Blob& blob) {
  Writer put;
  const Origin& origin = blob.origin;
  for (const std::string* text :
       {&blob.bytes, &origin.uri, &origin.path, &origin.container, &blob.content_type, &blob.charset_hint, &blob.fetched_at,
        &blob.hints.title, &blob.hints.published, &blob.hints.language, &blob.hints.url})
    put(*text);
  put(std::uint64_t{origin.index});
  put(std::uint64_t{origin.id.has_value()});
  put(origin.id.value_or(""));
  put(static_cast<std::uint64_t>(blob.format));
  put(std::uint64_t{blob.is_text});
  put(std::uint64_t{blob.keep_text});
  return put.take();
}

Blob blob_from_wire(std::string_view bytes) {
  Reader get(bytes);
  Blob blob;
  Origin& origin = blob.origin;
  for (std::string* text : {&blob.bytes, &origin.uri, &origin.path, &origin.container, &blob.content_type, &blob.charset_hint,
                            &blob.fetched_at, &blob.hints.title, &blob.hints.published, &blob.hints.language, &blob.hints.url})
    *text = get.text();
  origin.index = static_cast<std::uint32_t>(get.number());
  const bool has_id = get.number() != 0;
  if (std::string id = get.text(); has_id) origin.id = std::move(id);
  blob.format = static_cast<Format>(get.number());
  blob.is_text = get.number() != 0;
  blob.keep_text = get.number() != 0;
  return blob;
}

std::string to_wire(const Answer& answer) {
  Writer put;
  put(answer.rendered);
  put(std::uint64_t{answer.error.has_value()});
  const Error error = answer.error.value_or(Error{});
  for (const std::string* text : {&error.code, &error.what, &error.place.file, &error.help, &error.excerpt}) put(*text);
  put(std::uint64_t{error.place.line});
  put(std::uint64_t{error.place.column});
  put(answer.mentions);
  put(answer.records);
  put(static_cast<std::uint64_t>(answer.types.size()));
  for (const auto& [type, number] : answer.types) {
    put(type);
    put(number);
  }
  return put.take();
}

Answer answer_from_wire(std::string_view bytes) {
  Reader get(bytes);
  Answer answer;
  answer.rendered = get.text();
  const bool failed = get.number() != 0;
  Error error;
  for (std::string* text : {&error.code, &error.what, &error.place.file, &error.help, &error.excerpt}) *text = get.text();
  error.place.line = static_cast<std::uint32_t>(get.number());
  error.place.column = static_cast<std::uint32_t>(get.number());
  if (failed) answer.error = std::move(error);
  answer.mentions = get.number();
  answer.records = get.number();
  for (std::uint64_t left = get.number(); left > 0; --left) {
    std::string type = get.text();
    answer.types[std::move(type)] = get.number();
  }
  return answer;
}

}  // namespace tearsheet
