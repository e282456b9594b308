// Source: the inputs of a run, one blob at a time, in a fixed order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tearsheet/blob.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// What a run is to read.
struct Inputs {
  std::vector<std::string> paths;       // files, folders, "-"
  std::string files_from;               // file with one path a line ("-" = standard input); empty = none
  std::vector<std::string> glob;        // keep only matching paths inside folders
  std::vector<std::string> exclude;     // drop matching paths inside folders
  std::string from;                     // "", "jsonl", or a format's name
  std::uint64_t max_bytes = 32u << 20;  // of one document as it lies packed or plain
};

/// What comes next: a blob, or what could not be read (with Origin set, so that a line with `error` can be written).
struct Item {
  Origin origin;
  Result<Blob> blob;
  bool skipped = false;     // of no known format (PDF, DOCX, image): a reason, no failure
  std::uint64_t bytes = 0;  // read from the input for this item, for progress
  bool pause = false;       // standard input has nothing more right now: flush the output
  std::uint64_t unread_bytes = 0;  // of this item's file that were passed over (skipped, cut, refused), for progress
};

/// Reads inputs lazily: folders in sorted order, hidden names skipped, symlink loops cut, JSON lines opened line by line (also
/// inside .gz and .zst).
class Source {
 public:
  virtual ~Source() = default;
  /// The next item, or nothing at the end. Not thread-safe: one reader calls it.
  virtual std::optional<Item> next() = 0;
  /// Bytes of all files known so far, for progress; 0 when not known (standard input).
  virtual std::uint64_t total_bytes() const = 0;
};

/// Fails with I010 (no such path), I011 (empty folder: nothing to read), each with help.
Result<std::unique_ptr<Source>> open_source(const Inputs& inputs);

}  // namespace tearsheet
