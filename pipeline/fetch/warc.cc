// WARC: records written one gzip member each, and the pages found in records.
#include "pipeline/fetch/warc.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/hash.h"
#include "base/url.h"

namespace tearsheet::warc {

namespace {

void append_gzip(std::string& out, std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  const std::size_t from = out.size();
  out.resize(from + deflateBound(&stream, static_cast<uLong>(bytes.size())));
  std::string copy(bytes);  // zlib's input is not const
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data() + from);
  stream.avail_out = static_cast<uInt>(out.size() - from);
  deflate(&stream, Z_FINISH);
  out.resize(from + stream.total_out);
  deflateEnd(&stream);
}

/// A UUID of the hash's first half, marked as version 8 (RFC 9562: made by the program's own rule).
std::string uuid_of(std::string_view seed) {
  std::string hex = hash::sha256_hex(seed).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') & 3];
  return fmt::format("<urn:uuid:{}-{}-{}-{}-{}>", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20));
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return out;
}

// --- pages

struct Message {
  int status = 0;
  Fields headers;
  std::string_view body;
};

std::string_view find(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (equals_ignoring_case(key, name)) return value;
  return {};
}

/// Status line, headers, body; line ends with or without '\r'.
std::optional<Message> message_of(std::string_view block) {
  if (!block.starts_with("HTTP/")) return std::nullopt;
  Message message;
  bool first = true;
  while (!block.empty()) {
    const auto end = block.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = block.substr(0, end);
    block.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (first) {
      const auto blank = line.find(' ');
      const std::string_view code = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1, 3);
      std::from_chars(code.data(), code.data() + code.size(), message.status);
      first = false;
      continue;
    }
    if (line.empty()) {
      message.body = block;
      return message;
    }
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) message.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  }
  return std::nullopt;
}

/// Chunks joined; nothing where the body is no such thing (archivers often store it joined and keep the header).
std::optional<std::string> unchunked(std::string_view body) {
  std::string out;
  for (;;) {
    const auto end = body.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::size_t size = 0;
    const std::string_view line = trim(body.substr(0, end));
    const std::string_view digits = line.substr(0, line.find(';'));
    const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (error != std::errc() || at == digits.data()) return std::nullopt;
    body.remove_prefix(end + 1);
    if (size == 0) return out;
    if (size > body.size()) return std::nullopt;
    out += body.substr(0, size);
    body.remove_prefix(size);
    if (body.starts_with("\r\n"))
      body.remove_prefix(2);
    else if (body.starts_with('\n'))
      body.remove_prefix(1);
  }
}

bool is_readable(std::string_view content_type) {
  const std::string type = lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  return type.empty() || type == "text/html" || type == "application/xhtml+xml" || type == "text/plain" ||
         type == "text/markdown";
}

std::string type_name(std::string_view content_type) { return lower_ascii(trim(content_type.substr(0, content_type.find(';')))); }

Verdict passed(std::string why) {
  Verdict verdict;
  verdict.passed_over = std::move(why);
  return verdict;
}
Verdict broken(const Record& record, std::string why) {
  Verdict verdict;
  verdict.error = Error{"I042", fmt::format("record {} is broken: {}", record.number, why), {}, {}, {}};
  return verdict;
}

}  // namespace

std::string_view Record::field(std::string_view name) const { return find(fields, name); }

std::string digest(std::string_view payload) { return "sha256:" + hash::sha256_hex(payload); }

std::string append_record(std::string& out, std::string_view type, std::string_view date, const Fields& fields,
                          std::string_view block, std::string_view where) {
  std::string head;
  for (const auto& [name, value] : fields) head += name + ": " + one_line(value) + "\r\n";
  const std::string id = uuid_of(fmt::format("{}\n{}\n{}\n{}\n", where, type, date, head) + hash::sha256_hex(block));
  std::string record =
      fmt::format("WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {}\r\nWARC-Date: {}\r\n{}Content-Length: {}\r\n\r\n", type, id,
                  date, head, block.size());
  record += block;
  record += "\r\n\r\n";
  append_gzip(out, record);
  return id;
}

Verdict page_of(Record record, std::uint64_t limit_bytes) {
  const std::string type = lower_ascii(record.type());
  if (type != "response" && type != "resource" && type != "conversion")
    return passed(type.empty() ? "a record without a type" : "a " + type);
  Page page;
  page.url = trim(record.field("WARC-Target-URI"));
  if (page.url.starts_with('<') && page.url.ends_with('>')) page.url = page.url.substr(1, page.url.size() - 2);
  page.fetched_at = record.field("WARC-Date");
  page.canonical_url = record.field("Tearsheet-URL");
  page.title = record.field("Tearsheet-Title");
  page.published = record.field("Tearsheet-Published");
  page.language = record.field("Tearsheet-Language");
  const auto url = parse_url(page.url);
  if (!url || !url->is_http()) return passed("a record of something that is no web page");
  if (url->path == "/robots.txt") return passed("robots.txt");
  if (type != "response") {
    page.content_type = record.field("Content-Type");
    if (!is_readable(page.content_type)) return passed(type_name(page.content_type));
    page.body = std::move(record.block);
  } else {
    const auto message = message_of(record.block);
    if (!message) return broken(record, "its HTTP head does not end");
    if (message->status < 200 || message->status > 299) return passed(fmt::format("HTTP {}", message->status));
    page.content_type = find(message->headers, "content-type");
    if (!is_readable(page.content_type)) return passed(type_name(page.content_type));
    std::string body(message->body);
    if (lower_ascii(find(message->headers, "transfer-encoding")).find("chunked") != std::string::npos) {
      if (auto joined = unchunked(body)) body = std::move(*joined);
    }
    const std::string coding = lower_ascii(find(message->headers, "content-encoding"));
    const auto packing = unpack::packing_of(body);
    if (packing != unpack::Packing::none) {
      auto plain = unpack::all(body, packing, limit_bytes);
      if (!plain) return broken(record, plain.error().what);
      body = std::move(plain->bytes);
    } else if (coding.find("br") != std::string::npos && body.find('<') == std::string::npos) {
      return passed("packed as br");
    }
    page.body = std::move(body);
  }
  if (trim(page.body).empty()) return passed("an empty page");
  Verdict verdict;
  verdict.page = std::move(page);
  return verdict;
}

}  // namespace tearsheet::warc
