// Archive: what was fetched, as WARC 1.1 files a day, rotated by size.
#include "pipeline/fetch/archive.h"

#include <sys/stat.h>

#include <algorithm>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/url.h"
#include "pipeline/fetch/warc.h"

namespace tearsheet {

namespace {

constexpr std::string_view kRedacted = "[redacted]";

bool is_secret(std::string_view name, const std::vector<std::string>& secret) {
  for (const std::string_view one : {"authorization", "proxy-authorization", "cookie", "set-cookie"})
    if (equals_ignoring_case(name, one)) return true;
  return std::any_of(secret.begin(), secret.end(), [&](const std::string& one) { return equals_ignoring_case(one, name); });
}

std::string without_credentials(std::string_view text) {
  auto url = parse_url(text);
  if (!url) return std::string(text);
  url->username.clear();
  url->password.clear();
  return url->href();
}

/// Bodies are kept as libcurl unpacked them: the headers that spoke of the wire get another name, as other archivers do.
std::string response_block(const HttpAnswer& answer, const std::vector<std::string>& secret) {
  std::string block = (answer.status_line.empty() ? fmt::format("HTTP/1.1 {}", answer.status) : answer.status_line) + "\r\n";
  if (block.starts_with("HTTP/2")) block = fmt::format("HTTP/1.1 {}\r\n", answer.status);
  for (const auto& [name, value] : answer.headers) {
    const bool of_the_wire = equals_ignoring_case(name, "content-encoding") || equals_ignoring_case(name, "transfer-encoding") ||
                             equals_ignoring_case(name, "content-length");
    block += (of_the_wire ? "X-Archive-Orig-" : "") + name + ": " + (is_secret(name, secret) ? std::string(kRedacted) : value) +
             "\r\n";
  }
  block += fmt::format("Content-Length: {}\r\n\r\n", answer.body.size());
  return block;
}

void add_hints(warc::Fields& fields, const ArchiveHints& hints) {
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) fields.emplace_back(name, value);
  };
  put("Tearsheet-URL", hints.canonical_url);
  put("Tearsheet-Title", hints.title);
  put("Tearsheet-Published", hints.published);
  put("Tearsheet-Language", hints.language);
}

}  // namespace

std::string redacted_head(std::string_view head, const std::vector<std::string>& secret) {
  std::string out;
  while (!head.empty()) {
    const auto end = head.find('\n');
    const std::string_view line = head.substr(0, end == std::string_view::npos ? end : end + 1);
    head.remove_prefix(line.size());
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && is_secret(line.substr(0, colon), secret))
      out += std::string(line.substr(0, colon)) + ": " + std::string(kRedacted) + "\r\n";
    else
      out += line;
  }
  return out;
}

Result<bool> Archive::turn_to(const std::string& day) {
  if (file_ && day == day_ && file_->length() < options_.rotate_bytes) return false;
  for (int number = 0;; ++number) {
    const std::string path = fmt::format("{}/{}/{:05}.warc.gz", options_.folder, day, number);
    struct stat info {};
    const bool there = ::stat(path.c_str(), &info) == 0;
    if (there && static_cast<std::uint64_t>(info.st_size) >= options_.rotate_bytes) continue;
    if (file_ && file_->path() == path) continue;
    if (file_)
      if (auto done = file_->sync(); !done) return tl::unexpected(done.error());
    auto opened = AppendFile::open(path);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    file_.emplace(std::move(*opened));
    day_ = day;
    return true;
  }
}

Result<void> Archive::begin(const std::string& date) {
  if (file_->length() > 0) return {};
  const std::string block = fmt::format(
      "software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: "
      "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\noperator: {}\r\n",
      options_.software, options_.contact);
  std::string out;
  warc::append_record(out, "warcinfo", date, {{"Content-Type", "application/warc-fields"}}, block, file_->path());
  return write(out);
}

Result<std::string> Archive::add(const HttpAnswer& answer, const std::string& date, const std::vector<std::string>& secret,
                                 const ArchiveHints& hints, const std::optional<EarlierRecord>& earlier) {
  const std::string url = without_credentials(answer.url);
  const std::string where = fmt::format("{}:{}", file_->path(), file_->length());
  std::string out;
  warc::Fields fields = {{"WARC-Target-URI", url}, {"WARC-Payload-Digest", warc::digest(answer.body)}};
  if (!answer.address.empty()) fields.emplace_back("WARC-IP-Address", answer.address);
  std::string block = response_block(answer, secret);
  std::string type = "response";
  if (earlier) {
    type = "revisit";
    const bool not_modified = answer.status == 304;
    fields.emplace_back("WARC-Profile", not_modified ? "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
                                                     : "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
    if (!earlier->id.empty()) fields.emplace_back("WARC-Refers-To", earlier->id);
    fields.emplace_back("WARC-Refers-To-Target-URI", without_credentials(earlier->url));
    if (!earlier->date.empty()) fields.emplace_back("WARC-Refers-To-Date", earlier->date);
    if (not_modified) fields.erase(fields.begin() + 1);
  } else {
    block += answer.body;
  }
  fields.emplace_back("Content-Type", "application/http; msgtype=response");
  add_hints(fields, hints);
  const std::string id = warc::append_record(out, type, date, fields, block, where);
  const warc::Fields request = {
      {"WARC-Target-URI", url}, {"WARC-Concurrent-To", id}, {"Content-Type", "application/http; msgtype=request"}};
  warc::append_record(out, "request", date, request, redacted_head(answer.request_head, secret), where);
  if (auto done = write(out); !done) return tl::unexpected(done.error());
  return id;
}

Result<void> Archive::add_content(std::string_view url, std::string_view content, bool is_html, const std::string& date,
                                  const ArchiveHints& hints) {
  std::string out;
  warc::Fields fields = {{"WARC-Target-URI", without_credentials(url)},
                         {"WARC-Payload-Digest", warc::digest(content)},
                         {"Content-Type", is_html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8"}};
  add_hints(fields, hints);
  warc::append_record(out, "resource", date, fields, content, fmt::format("{}:{}", file_->path(), file_->length()));
  return write(out);
}

Result<void> Archive::sync() { return file_ ? file_->sync() : Result<void>(); }

}  // namespace tearsheet
