// WARC source: the pages of an archive as items of a run.
#include "pipeline/fetch/warc_source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/fold.h"

namespace tearsheet {

bool is_warc(std::string_view path) {
  const std::string name = lower_ascii(path);
  return name.ends_with(".warc") || name.ends_with(".warc.gz") || name.ends_with(".warc.zst");
}

Result<WarcSource> WarcSource::open(const std::string& path, std::uint64_t max_bytes) {
  auto reader = warc::Reader::open(path, max_bytes == UINT64_MAX ? max_bytes : max_bytes + (1u << 20));
  if (!reader) return tl::unexpected(std::move(reader.error()));
  return WarcSource(path, std::move(*reader), max_bytes);
}

Item WarcSource::item_of(const warc::Record& record, warc::Page page) {
  Item item;
  Blob blob;
  blob.origin.uri = page.url;
  blob.origin.container = path_;
  blob.origin.path = path_;
  blob.origin.index = record.number;
  blob.content_type = std::move(page.content_type);
  blob.fetched_at = std::move(page.fetched_at);
  blob.hints.title = std::move(page.title);
  blob.hints.published = std::move(page.published);
  blob.hints.language = std::move(page.language);
  blob.hints.url = page.canonical_url.empty() ? page.url : page.canonical_url;
  blob.bytes = std::move(page.body);
  item.origin = blob.origin;
  item.blob = std::move(blob);
  item.bytes = reader_.read_bytes() - std::exchange(seen_bytes_, reader_.read_bytes());
  ++pages_;
  return item;
}

Item WarcSource::told(std::string code, std::string what, bool skipped) {
  Item item;
  item.origin.path = path_;
  item.origin.container = path_;
  item.skipped = skipped;
  item.blob = tl::unexpected(Error{std::move(code), std::move(what), {path_, 0, 0}, {}, {}});
  item.bytes = reader_.read_bytes() - std::exchange(seen_bytes_, reader_.read_bytes());
  return item;
}

std::optional<Item> WarcSource::next() {
  while (auto record = reader_.next()) {
    const std::uint32_t number = record->number;
    const warc::Record head{record->fields, {}, record->cut, number};
    warc::Verdict verdict = warc::page_of(std::move(*record), max_bytes_);
    if (verdict.page) return item_of(head, std::move(*verdict.page));
    if (verdict.error) {
      Item item = told(verdict.error->code, verdict.error->what, false);
      item.origin.index = number;
      return item;
    }
    ++passed_[verdict.passed_over];
  }
  if (reader_.lost() > 0 && !std::exchange(told_lost_, true))
    return told(
        "I043",
        fmt::format("{} broken places in the archive were passed over, the first: {}", reader_.lost(), reader_.why_lost()),
        false);
  // A request or warcinfo record is no loss that anybody would want to hear of.
  for (const char* usual : {"a request", "a warcinfo", "a metadata"}) passed_.erase(usual);
  if (std::exchange(told_passed_, true) || passed_.empty()) return std::nullopt;
  std::vector<std::pair<std::string, std::uint64_t>> reasons(passed_.begin(), passed_.end());
  std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string list;
  for (std::size_t i = 0; i < reasons.size() && i < 6; ++i)
    list += fmt::format("{}{} {}", i == 0 ? "" : ", ", reasons[i].second, reasons[i].first);
  return told("I004", fmt::format("skipped: records that hold no page to read ({})", list), true);
}

}  // namespace tearsheet
