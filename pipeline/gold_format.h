// Gold format: annotated texts as other tools keep them: brat, CoNLL, doccano, Label Studio, Prodigy.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// One annotated stretch; bytes of the text.
struct MarkedSpan {
  Span span;
  std::string type;
};
/// A text with what was annotated in it, in text order.
struct MarkedText {
  std::string id, text;
  std::vector<MarkedSpan> spans;
};
/// A file of some format: name and bytes.
struct NamedFile {
  std::string name, bytes;
};

/// What the offsets of a format count.
enum class OffsetUnit : std::uint8_t { code_points, utf16, none };

/// One row a format. `write` gives one or several files for all texts; `read` takes one file (brat: the .ann, with its text beside it as `text`).
struct GoldFormat {
  std::string_view name, help;
  OffsetUnit unit;
  std::vector<NamedFile> (*write)(const std::vector<MarkedText>& texts);
  Result<std::vector<MarkedText>> (*read)(std::string_view bytes, std::string_view file, std::string_view text);
};
std::span<const GoldFormat> gold_formats();
const GoldFormat* gold_format(std::string_view name);

/// The want file of a text: its spans as mentions, `nth` counted, the types complete.
std::string want_file_of(const MarkedText& text);

}  // namespace tearsheet
