// Charsets: which one the bytes are in, and ICU's converters to leave it.
#include "base/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>

#include "base/charset_labels.h"
#include "base/fold.h"
#include "base/utf8.h"

namespace tearsheet::charset {
namespace {

constexpr std::size_t kDetectBytes = 64u << 10;  // the detector counts letter groups; more text changes no answer
constexpr int kLeastConfidence = 10;

struct Closer {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};
using Converter = std::unique_ptr<UConverter, Closer>;
using Detector = std::unique_ptr<UCharsetDetector, Closer>;

Converter open_converter(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status));
  if (U_FAILURE(status)) return nullptr;
  return converter;
}

// ICU writes U+001A for some bad bytes and counts nothing; we want U+FFFD and the number.
void U_CALLCONV replace_and_count(const void* context, UConverterToUnicodeArgs* args, const char*, std::int32_t,
                                  UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  constexpr UChar kReplacement = 0xFFFD;
  ++*static_cast<std::size_t*>(const_cast<void*>(context));
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &kReplacement, 1, 0, status);
}

std::optional<Decoded> convert(std::string_view bytes, const Encoding& encoding, std::string_view how) {
  const Converter from = open_converter(encoding.icu);
  const Converter to = open_converter("UTF-8");
  if (!from || !to) return std::nullopt;
  Decoded decoded;
  decoded.charset = encoding.name;
  decoded.how = how;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(from.get(), replace_and_count, &decoded.repaired, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::array<UChar, 4096> pivot{};
  UChar* pivot_from = pivot.data();
  UChar* pivot_to = pivot.data();
  const char* source = bytes.data();
  std::size_t written = 0;
  decoded.text.resize(bytes.size() + bytes.size() / 2 + 64);
  for (bool first = true;; first = false) {
    char* target = decoded.text.data() + written;
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, decoded.text.data() + decoded.text.size(), &source, bytes.data() + bytes.size(),
                   pivot.data(), &pivot_from, &pivot_to, pivot.data() + pivot.size(), first, true, &status);
    written = static_cast<std::size_t>(target - decoded.text.data());
    if (status != U_BUFFER_OVERFLOW_ERROR) break;
    decoded.text.resize(decoded.text.size() * 2);
  }
  if (U_FAILURE(status)) return std::nullopt;
  decoded.text.resize(written);
  return decoded;
}

Decoded as_utf8(std::string_view bytes, std::string_view how) {
  Decoded decoded{std::string(bytes), "utf-8", std::string(how), 0};
  decoded.repaired = utf8::repair(decoded.text);
  return decoded;
}

std::optional<Decoded> by_bom(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return as_utf8(bytes.substr(3), "bom");
  if (bytes.starts_with("\xFE\xFF")) return convert(bytes.substr(2), *find_encoding("utf-16be"), "bom");
  if (bytes.starts_with("\xFF\xFE")) return convert(bytes.substr(2), *find_encoding("utf-16le"), "bom");
  return std::nullopt;
}

bool is_utf16(const Encoding& encoding) { return encoding.name.starts_with("utf-16"); }
bool has_zeros(std::string_view bytes) { return bytes.find('\0') != std::string_view::npos; }

// UTF-16 without a mark: ASCII in it has a zero in every other byte, always on the same side.
std::optional<Decoded> by_zeros(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  const std::size_t size = std::min(bytes.size(), kDetectBytes);
  for (std::size_t i = 0; i < size; ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
  const std::size_t most = std::max(zeros[0], zeros[1]);
  const std::size_t least = std::min(zeros[0], zeros[1]);
  if (most < size / 8 || most == 0 || least * 16 > most) return std::nullopt;
  return convert(bytes, *find_encoding(zeros[0] > zeros[1] ? "utf-16be" : "utf-16le"), "detected");
}

std::size_t count_high(std::string_view bytes) {
  return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; }));
}

// True when well-formed characters outnumber the broken parts: chance seldom forms even one.
bool is_mostly_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t from = at;
    utf8::next(bytes, at);
    if ((bytes[from] & 0x80) == 0) continue;
    ++(at - from > 1 ? good : bad);
  }
  return good > bad;
}

// A charset that fits leaves almost nothing to repair; a wrong one breaks at every other character.
bool fits(const Decoded& decoded, std::size_t high) { return decoded.repaired * 20 <= std::max<std::size_t>(high, 20); }

std::optional<Decoded> by_declaration(std::string_view bytes, const Encoding& encoding, std::size_t high) {
  if (encoding.name == "utf-8") {
    if (!is_mostly_utf8(bytes)) return std::nullopt;
    return as_utf8(bytes, "declared");
  }
  if (is_utf16(encoding) && !has_zeros(bytes)) return std::nullopt;  // said by a page whose head we could read as ASCII
  auto decoded = convert(bytes, encoding, "declared");
  if (!decoded || !fits(*decoded, high)) return std::nullopt;
  return decoded;
}

std::optional<Decoded> by_detection(std::string_view bytes, std::size_t high) {
  if (is_mostly_utf8(bytes)) return as_utf8(bytes, "detected");
  UErrorCode status = U_ZERO_ERROR;
  const Detector detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return std::nullopt;
  const std::string_view sample = bytes.substr(0, kDetectBytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  ucsdet_enableInputFilter(detector.get(), bytes.find('<') != std::string_view::npos);
  std::int32_t found = 0;
  const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &found, &status);
  if (U_FAILURE(status)) return std::nullopt;
  for (std::int32_t i = 0; i < found; ++i) {
    status = U_ZERO_ERROR;
    if (ucsdet_getConfidence(matches[i], &status) < kLeastConfidence) break;
    const Encoding* encoding = find_encoding(ucsdet_getName(matches[i], &status));
    if (!encoding || encoding->name == "utf-8" || is_utf16(*encoding)) continue;
    auto decoded = convert(bytes, *encoding, "detected");
    if (decoded && fits(*decoded, high)) return decoded;
  }
  return std::nullopt;
}

// Every byte has a meaning in windows-1252, so this cannot fail but for a broken ICU; then UTF-8 is repaired.
Decoded by_default(std::string_view bytes) {
  if (auto decoded = convert(bytes, *find_encoding("windows-1252"), "default")) return *std::move(decoded);
  return as_utf8(bytes, "default");
}

// ---- declarations

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The word behind `at`, which stands behind "charset" or "encoding": "= 'x'".
std::string value_behind(std::string_view text, std::size_t at) {
  const auto skip = [&] {
    while (at < text.size() && is_blank(text[at])) ++at;
  };
  skip();
  if (at >= text.size() || text[at] != '=') return {};
  ++at;
  skip();
  if (at >= text.size()) return {};
  const char quote = text[at] == '"' || text[at] == '\'' ? text[at++] : '\0';
  const std::size_t from = at;
  while (at < text.size() && text[at] != '>' && text[at] != ';' && text[at] != '"' && text[at] != '\'' &&
         (quote != '\0' || !is_blank(text[at]))) {
    ++at;
  }
  return std::string(trim(text.substr(from, at - from)));
}

// `tag` is `written` in lower case.
std::string in_meta(std::string_view tag, std::string_view written) {
  for (std::size_t at = tag.find("charset"); at != std::string_view::npos; at = tag.find("charset", at + 7)) {
    std::string value = value_behind(written, at + 7);
    if (!value.empty()) return value;
  }
  return {};
}

}  // namespace

Decoded to_utf8(std::string_view bytes, std::string_view declared) {
  if (auto decoded = by_bom(bytes)) return *std::move(decoded);
  const Encoding* const encoding = find_encoding(declared);
  const bool shifts = encoding && encoding->name == "iso-2022-jp" && bytes.find('\x1B') != std::string_view::npos;
  const bool zeros = has_zeros(bytes);
  const std::size_t high = shifts || zeros ? count_high(bytes) : 0;
  if (zeros) {
    if (auto decoded = encoding && is_utf16(*encoding) ? convert(bytes, *encoding, "declared") : by_zeros(bytes)) {
      return *std::move(decoded);
    }
  } else if (shifts) {  // 7-bit, so it looks like ASCII
    if (auto decoded = by_declaration(bytes, *encoding, bytes.size())) return *std::move(decoded);
  }
  if (utf8::is_valid(bytes)) {
    return {std::string(bytes), "utf-8", encoding && encoding->name == "utf-8" ? "declared" : "detected", 0};
  }
  const std::size_t broken_high = zeros || shifts ? high : count_high(bytes);
  if (encoding) {
    if (auto decoded = by_declaration(bytes, *encoding, broken_high)) return *std::move(decoded);
  }
  if (auto decoded = by_detection(bytes, broken_high)) return *std::move(decoded);
  return by_default(bytes);
}

std::string declared_in(std::string_view bytes) {
  const std::string head = lower_ascii(bytes.substr(0, 2048));
  const std::string_view written = bytes.substr(0, 2048);
  if (trim(head).starts_with("<?xml")) {
    const std::size_t end = head.find("?>");
    const std::size_t at = head.find("encoding");
    if (at < end && at != std::string::npos) return value_behind(written, at + 8);
    return {};
  }
  for (std::size_t at = head.find('<'); at != std::string::npos; at = head.find('<', at + 1)) {
    if (head.compare(at, 4, "<!--") == 0) {
      const std::size_t end = head.find("-->", at + 4);
      if (end == std::string::npos) return {};
      at = end;
    } else if (head.compare(at, 5, "<meta") == 0) {
      const std::size_t end = std::min(head.find('>', at), head.size());
      const std::string value = in_meta(std::string_view(head).substr(at, end - at), written.substr(at, end - at));
      if (!value.empty()) return value;
    }
  }
  return {};
}

std::string canonical(std::string_view label) {
  const Encoding* encoding = find_encoding(label);
  return encoding ? std::string(encoding->name) : std::string();
}

}  // namespace tearsheet::charset
