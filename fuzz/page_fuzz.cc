// Fuzz: any bytes through the page parser: spans inside the text and in order, the text UTF-8, the same article twice, and the
// pre-pass no longer than the page but for what it writes for names.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "pipeline/decode.h"
#include "pipeline/parse/html_guard.h"
#include "pipeline/parse/html_text.h"
#include "pipeline/parse/parse.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

tearsheet::Blob blob_of(const std::uint8_t* data, std::size_t size) {
  tearsheet::Blob blob;
  blob.format = tearsheet::Format::html;
  blob.origin.uri = "https://news.example/2024/05/17/plant-opens";
  blob.bytes.assign(reinterpret_cast<const char*>(data), size);
  return blob;
}

void check(const tearsheet::Article& article) {
  require(tearsheet::utf8::is_valid(article.text));
  std::uint32_t last = 0;
  for (const tearsheet::Block& block : article.blocks) {
    require(block.span.begin >= last && block.span.begin < block.span.end && block.span.end <= article.text.size());
    require(tearsheet::utf8::is_boundary(article.text, block.span.begin) &&
            tearsheet::utf8::is_boundary(article.text, block.span.end));
    last = block.span.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto decoded = tearsheet::decode(blob_of(data, size), 1 << 16);
  if (!decoded) return 0;
  const std::string& html = decoded->blob.bytes;
  require(tearsheet::guard_html(html).html.size() <= html.size() * 8 + 64);
  for (const std::string& line : tearsheet::lines_of_html(html)) require(!line.empty());
  const auto article = tearsheet::parse(decoded->blob);
  if (!article) return 0;
  check(*article);
  const auto again = tearsheet::parse(decoded->blob);
  require(again && again->text == article->text && again->blocks == article->blocks);
  return 0;
}
