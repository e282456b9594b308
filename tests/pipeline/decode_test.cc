// Decode: packings, charsets, caps, and what is refused with which words.
#include "pipeline/decode.h"

#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>
#include <string_view>

namespace {

using namespace std::string_view_literals;
constexpr std::size_t kRoom = 1u << 20;

std::string gzip(std::string_view text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

tearsheet::Result<tearsheet::Decoded> decode(std::string bytes, std::size_t max_bytes = kRoom, std::string charset = {}) {
  tearsheet::Blob blob;
  blob.bytes = std::move(bytes);
  blob.charset_hint = std::move(charset);
  return tearsheet::decode(std::move(blob), max_bytes);
}

std::string codes(const tearsheet::Decoded& decoded) {
  std::string out;
  for (const auto& note : decoded.notes) out += (out.empty() ? "" : " ") + note.code;
  return out;
}

struct Row {
  std::string_view why;
  std::string bytes;
  std::string_view charset_hint, want, charset, notes;
};

TEST_CASE("decode: any packing and charset comes out as UTF-8, and says what was done") {
  const Row rows[] = {
      {"ASCII", "Profit rose.", "", "Profit rose.", "utf-8", ""},
      {"UTF-8", "Umsätze €5m", "", "Umsätze €5m", "utf-8", ""},
      {"byte-order mark goes", "\xef\xbb\xbfyen", "", "yen", "utf-8", ""},
      {"declared outside", "Ums\xe4tze", "iso-8859-1", "Umsätze", "windows-1252", ""},
      {"declared in the page",
       "<meta charset=iso-8859-2><p>\xb3\xf3"
       "d\xbc"
       "</p>",
       "", "<meta charset=iso-8859-2><p>łódź</p>", "iso-8859-2", ""},
      {"UTF-16 with mark",
       std::string("\xff\xfe"
                   "5\0 \0m\0"sv),
       "", "5 m", "utf-16le", ""},
      {"UTF-16 without a mark", std::string("P\0r\0o\0f\0i\0t\0 \0r\0o\0s\0e\0"sv), "", "Profit rose", "utf-16le", "N003"},
      {"broken UTF-8 is repaired", "café thé pré \xe2\x82 x café", "utf-8", "café thé pré \xef\xbf\xbd x café", "utf-8", "N002"},
      {"a stray NUL becomes a blank", std::string("Profit\0rose by a third"sv), "", "Profit rose by a third", "utf-8", "N002"},
      {"gzip", gzip("Profit rose."), "", "Profit rose.", "utf-8", "N004"},
      {"two gzip members", gzip("Profit ") + gzip("rose."), "", "Profit rose.", "utf-8", "N004"},
      {"padding behind gzip", gzip("Profit") + std::string(8, '\0'), "", "Profit", "utf-8", "N004"},
      {"zstd", zstd("Profit rose."), "", "Profit rose.", "utf-8", "N004"},
      {"gzip in gzip, as a double-packing server sends it", gzip(gzip("Profit")), "", "Profit", "utf-8", "N004 N004"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto got = decode(row.bytes, kRoom, std::string(row.charset_hint));
    REQUIRE_MESSAGE(got, (got ? "" : got.error().what));
    CHECK(got->blob.bytes == row.want);
    CHECK(got->charset == row.charset);
    CHECK(codes(*got) == row.notes);
    CHECK(got->bytes == row.bytes.size());
    CHECK(got->sha256.size() == 64);
  }
}

struct Refusal {
  std::string_view why;
  std::string bytes;
  std::string_view code, says;
};

TEST_CASE("decode: what is no text is refused, named, with what to do") {
  const std::string packed = gzip("Profit rose by a quarter in the year to March.");
  const Refusal rows[] = {
      {"empty", "", "I002", "empty"},
      {"white space only", " \n\t\xc2\xa0\n", "I002", "white space"},
      {"binary", std::string("\1\0\2\0\3\0\4\0\5\6\7\0abc"sv), "I003", "binary"},
      {"cut gzip", packed.substr(0, packed.size() / 2), "I001", "ends early"},
      {"broken gzip", "\x1f\x8b\x08 this is not gzip at all", "I001", "gzip"},
      {"cut zstd", zstd("Profit rose by a quarter.").substr(0, 12), "I001", "zstd"},
      {"three layers", gzip(gzip(gzip("x"))), "I001", "more than 2"},
      {"PDF", "%PDF-1.7\n1 0 obj", "I004", "PDF"},
      {"PDF in gzip", gzip("%PDF-1.7\n1 0 obj"), "I004", "PDF"},
      {"DOCX", std::string("PK\3\4\x14\0\6\0 [Content_Types].xml word/document.xml"sv), "I004", "DOCX"},
      {"PNG", std::string("\x89PNG\r\n\x1a\n\0\0"sv), "I004", "PNG"},
      {"JPEG", "\xff\xd8\xff\xe0 JFIF", "I004", "JPEG"},
      {"GIF", "GIF89a...", "I004", "GIF"},
      {"WebP", std::string("RIFF\1\2\3\4WEBPVP8 "sv), "I004", "WebP"},
      {"ELF",
       std::string("\x7f"
                   "ELF\2\1\1\0"sv),
       "I004", "ELF"},
  };
  for (const Refusal& row : rows) {
    CAPTURE(row.why);
    const auto got = decode(row.bytes);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == row.code);
    CHECK(got.error().what.find(row.says) != std::string::npos);
    CHECK_FALSE(got.error().help.empty());
  }
}

TEST_CASE("decode: a long document is cut on a code-point boundary and says so") {
  const auto plain = decode("abc€def", 5);
  REQUIRE(plain);
  CHECK(plain->blob.bytes == "abc");
  CHECK(codes(*plain) == "N001");

  const auto bomb = decode(gzip(std::string(50u << 20, 'a')), 1000);
  REQUIRE(bomb);
  CHECK(bomb->blob.bytes.size() == 1000);
  CHECK(codes(*bomb) == "N004 N001");

  const auto whole = decode("abc€", 6);
  REQUIRE(whole);
  CHECK(whole->blob.bytes == "abc€");
  CHECK(codes(*whole) == "");
}

TEST_CASE("decode: text that a JSON line gave is left alone") {
  tearsheet::Blob blob;
  blob.is_text = blob.keep_text = true;
  blob.charset_hint = "latin1";
  blob.bytes = "%PDF is a format; caf\xc3\xa9\r\n\1";
  const auto got = tearsheet::decode(blob, kRoom);
  REQUIRE(got);
  CHECK(got->blob.bytes == blob.bytes);
  CHECK(got->charset == "utf-8");
}

}  // namespace
