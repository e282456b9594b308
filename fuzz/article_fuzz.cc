// Fuzz: any bytes through the whole belt; spans must stay inside the text, on code-point boundaries, and the reading must be the same twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "tearsheet/engine.h"

namespace {

const tearsheet::Engine& engine() {
  static const auto kEngine = [] {
    tearsheet::Options options;
    options.rules = {TEARSHEET_SOURCE_DIR "/rules"};
    options.max_bytes = 1 << 16;
    return tearsheet::Engine::open(options).value();
  }();
  return kEngine;
}

tearsheet::Blob blob_of(const std::uint8_t* data, std::size_t size) {
  tearsheet::Blob blob;
  // The first byte chooses the format, so that one target reaches every parser.
  constexpr tearsheet::Format kFormats[] = {tearsheet::Format::sniff, tearsheet::Format::plain, tearsheet::Format::markdown, tearsheet::Format::html};
  blob.format = kFormats[size > 0 ? data[0] % 4 : 0];
  if (size > 0) blob.bytes.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  return blob;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tearsheet::Reading reading = engine().read(blob_of(data, size));
  const std::string& text = reading.article.text;
  require(tearsheet::utf8::is_valid(text));
  std::uint32_t last = 0;
  for (const tearsheet::Block& block : reading.article.blocks) {
    require(block.span.begin >= last && block.span.begin <= block.span.end && block.span.end <= text.size());
    last = block.span.end;
  }
  last = 0;
  for (const tearsheet::Mention& mention : reading.mentions) {
    require(mention.span.begin >= last && mention.span.begin < mention.span.end && mention.span.end <= text.size());
    require(tearsheet::utf8::is_boundary(text, mention.span.begin) && tearsheet::utf8::is_boundary(text, mention.span.end));
    require(mention.block < reading.article.blocks.size());
    last = mention.span.end;
  }
  for (const tearsheet::Link& link : reading.links) require(link.from < reading.mentions.size() && link.to < reading.mentions.size());
  const tearsheet::Reading again = engine().read(blob_of(data, size));
  require(again.mentions == reading.mentions && again.records == reading.records);
  return 0;
}
