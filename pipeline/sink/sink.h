// Sink: readings to bytes. One table of kinds.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/engine.h"
#include "tearsheet/error.h"

namespace tearsheet {

enum class By : std::uint8_t { article, mention, record };

/// What is written and how.
struct SinkOptions {
  By by = By::article;
  bool with_text = false, with_body = false, with_blocks = false;
  bool offsets_chars = false;  // spans count code points instead of bytes
  bool colour = false;         // terminal table only
  std::uint32_t width = 100;   // terminal columns
  bool append = false;         // --resume: go on in NAME.partial
  std::string rules_hash;
};

/// Readings in, bytes out. `render` is const and called by many threads at once; `write` gets the rendered pieces in input order
/// from one thread.
class Sink {
 public:
  virtual ~Sink() = default;
  /// The reading as this sink's bytes (a JSON line, CSV rows, ...). A sink that needs the reading itself (SQLite) keeps what it
  /// needs in its own form.
  virtual std::string render(const Reading& reading) const = 0;
  /// Takes one rendered piece. Fails with S001 (cannot write: disk full, ...).
  virtual Result<void> write(std::string_view rendered) = 0;
  /// Results so far reach the reader of a pipe.
  virtual Result<void> flush() = 0;
  /// Ends the output: header-only tables get their header, files are renamed from NAME.partial.
  virtual Result<void> finish() = 0;
};

/// One row a kind: name for --as, endings for -o, what makes it. `path` is empty for standard output.
struct SinkRow {
  std::string_view name, help;
  std::vector<std::string_view> endings;
  Result<std::unique_ptr<Sink>> (*make)(const std::string& path, const SinkOptions& options);
};
std::span<const SinkRow> sinks();

/// The row of a name ("jsonl"), or of the row that takes a path's ending ("out.csv"); null when there is none.
const SinkRow* sink_named(std::string_view name);
const SinkRow* sink_for(std::string_view path);

}  // namespace tearsheet
