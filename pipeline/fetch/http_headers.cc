// HTTP headers: what an answer says about time.
#include <algorithm>
#include <charconv>

#include "base/date_text.h"
#include "base/fold.h"
#include "pipeline/fetch/http.h"
#include "tearsheet/value.h"

namespace tearsheet {

namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return std::int64_t{1} << 40;
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) {
  for (auto one = headers.rbegin(); one != headers.rend(); ++one)
    if (equals_ignoring_case(one->first, name)) return one->second;
  return {};
}

std::optional<std::int64_t> http_date_s(std::string_view text) {
  const auto read = read_date_text(text);
  if (!read || read->date.grain < Grain::minute) return std::nullopt;
  const Date& date = read->date;
  return std::int64_t{days_from_civil(date.year, date.month, date.day)} * 86400 + date.hour * 3600 + date.minute * 60 +
         date.second - date.offset_min.value_or(0) * 60;
}

std::optional<std::int64_t> retry_after_s(std::string_view value, std::int64_t now_s) {
  value = trim(value);
  if (const auto seconds = number(value)) return std::max<std::int64_t>(0, *seconds);
  if (const auto at = http_date_s(value)) return std::max<std::int64_t>(0, *at - now_s);
  return std::nullopt;
}

std::optional<std::int64_t> fresh_for_s(const Headers& headers, std::int64_t now_s) {
  std::string control;
  for (const auto& [name, value] : headers)
    if (equals_ignoring_case(name, "cache-control")) control += (control.empty() ? "" : ",") + lower_ascii(value);
  std::optional<std::int64_t> age;
  for (std::string_view rest = control; !rest.empty();) {
    const auto comma = rest.find(',');
    const std::string_view part = trim(rest.substr(0, comma));
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    if (part == "no-cache" || part == "no-store") return 0;
    if (!part.starts_with("max-age=")) continue;
    std::string_view value = part.substr(8);
    if (value.starts_with('"') && value.ends_with('"') && value.size() > 1) value = value.substr(1, value.size() - 2);
    if (const auto seconds = number(value)) age = std::max<std::int64_t>(0, *seconds);
  }
  if (age) return age;
  const std::string_view expires = header(headers, "expires");
  if (expires.empty()) return std::nullopt;
  const auto until = http_date_s(expires);
  if (!until) return 0;  // "0" and other nonsense mean: stale (RFC 9111, section 5.3)
  return std::max<std::int64_t>(0, *until - http_date_s(header(headers, "date")).value_or(now_s));
}

}  // namespace tearsheet
