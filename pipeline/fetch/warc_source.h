// WARC source: the pages of an archive as items of a run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "pipeline/fetch/source.h"
#include "pipeline/fetch/warc.h"

namespace tearsheet {

/// True for "a.warc", "a.warc.gz", "a.warc.zst".
bool is_warc(std::string_view path);

/// Reads pages one by one; at the end one item says what was passed over and why, and one, failed, what was lost.
class WarcSource {
 public:
  static Result<WarcSource> open(const std::string& path, std::uint64_t max_bytes);
  std::optional<Item> next();

 private:
  WarcSource(std::string path, warc::Reader reader, std::uint64_t max_bytes)
      : path_(std::move(path)), reader_(std::move(reader)), max_bytes_(max_bytes) {}
  Item item_of(const warc::Record& record, warc::Page page);
  Item told(std::string code, std::string what, bool skipped);

  std::string path_;
  warc::Reader reader_;
  std::uint64_t max_bytes_, seen_bytes_ = 0, pages_ = 0;
  std::map<std::string, std::uint64_t> passed_;
  bool told_passed_ = false, told_lost_ = false;
};

}  // namespace tearsheet
