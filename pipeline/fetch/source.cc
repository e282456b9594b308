// Source: paths in the order given; each becomes files, lines or a fault, one at a time.
#include "pipeline/fetch/source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/fold.h"
#include "base/magic.h"
#include "base/suggest.h"
#include "pipeline/fetch/folder.h"
#include "pipeline/fetch/json_lines.h"
#include "pipeline/fetch/line_reader.h"
#include "pipeline/fetch/mhtml.h"
#include "pipeline/fetch/warc_source.h"

namespace tearsheet {
namespace {

bool is_json_lines(std::string_view path) {
  std::string name = lower_ascii(path);
  for (std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  return name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

// A line carries escapes and, as base64, a third more than its document.
std::uint64_t line_limit(std::uint64_t max_bytes) {
  return max_bytes > UINT64_MAX / 2 ? max_bytes : max_bytes + max_bytes / 3 + (64u << 10);
}

Error no_such_path(const std::string& path) {
  const std::filesystem::path whole(path);
  std::vector<std::string> near;
  const auto folder = whole.has_parent_path() ? whole.parent_path().string() : std::string(".");
  if (auto names = file::list(folder))
    for (std::size_t i = 0; i < names->size() && i < 2000; ++i) near.push_back((*names)[i].path().filename().string());
  const std::string meant = did_you_mean(whole.filename().string(), near);
  return {"I010",
          "there is no such file or folder",
          {path, 0, 0},
          meant.empty() ? "check the spelling; relative paths start at the current folder" : meant,
          {}};
}

// By its descriptor: a parent may have made it a socket, which /dev/stdin cannot open.
Result<file::Contents> read_stdin(std::uint64_t limit_bytes) {
  file::Contents contents;
  while (contents.bytes.size() < limit_bytes) {
    const std::size_t have = contents.bytes.size();
    contents.bytes.resize(have + std::min<std::uint64_t>(std::max<std::size_t>(have, 64u << 10), limit_bytes - have));
    const ssize_t got = ::read(STDIN_FILENO, contents.bytes.data() + have, contents.bytes.size() - have);
    const int error = errno;
    contents.bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && error != EINTR)
      return fail("F004", "reading standard input failed: " + std::generic_category().message(error));
    if (got == 0) break;
  }
  return contents;
}

class LocalSource final : public Source {
 public:
  explicit LocalSource(const Inputs& inputs) : inputs_(inputs) {}

  std::optional<Item> next() override {
    if (held_) return std::exchange(held_, std::nullopt);
    return read_next();
  }

  std::uint64_t total_bytes() const override {
    return has_stdin_ ? 0 : listed_bytes_ + (walk_ ? walk_->known_bytes() : 0) + walked_bytes_;
  }

  /// Looks at the first item where that costs nothing a user would notice: "nothing to read" is told at once.
  Result<void> start() {
    if (!inputs_.files_from.empty()) {
      auto list = LineReader::open(inputs_.files_from, 64u << 10);
      if (!list) return tl::unexpected(std::move(list.error()));
      list_.emplace(std::move(*list));
      has_stdin_ = inputs_.files_from == "-";
    }
    bool all_missing = !inputs_.paths.empty() && !list_;
    bool all_folders = !inputs_.paths.empty() && !list_;
    for (const std::string& path : inputs_.paths) {
      struct stat info {};
      const bool there = path == "-" || stat(path.c_str(), &info) == 0;
      const bool is_folder = path != "-" && there && S_ISDIR(info.st_mode);
      has_stdin_ = has_stdin_ || path == "-";
      if (there && path != "-" && S_ISREG(info.st_mode)) listed_bytes_ += static_cast<std::uint64_t>(info.st_size);
      all_missing = all_missing && !there;
      all_folders = all_folders && is_folder;
    }
    if (all_missing) return tl::unexpected(no_such_path(inputs_.paths.front()));
    if (!all_folders) return {};
    held_ = read_next();
    if (held_) return {};
    const std::string why = left_out_ == 0
                                ? "it is empty"
                                : fmt::format("all its {} names are hidden or kept out by --glob and --exclude", left_out_);
    return tl::unexpected(Error{"I011",
                                "nothing to read in the folder: " + why,
                                {inputs_.paths.front(), 0, 0},
                                "give a folder with .txt, .md, .html or .jsonl files",
                                {}});
  }

 private:
  std::optional<Item> read_next() {
    while (true) {
      if (lines_) {
        if (auto item = next_line()) return item;
        lines_.reset();
      } else if (archive_) {
        if (auto item = archive_->next()) return item;
        archive_.reset();
      } else if (walk_) {
        if (auto entry = walk_->next()) {
          if (auto item = read_entry(std::move(*entry))) return item;
          continue;
        }
        walked_bytes_ += walk_->known_bytes();
        left_out_ += walk_->left_out();
        walk_.reset();
      } else if (auto path = next_path()) {
        if (auto item = open_path(*path)) return item;
      } else {
        return std::nullopt;
      }
    }
  }

  std::optional<std::string> next_path() {
    if (at_ < inputs_.paths.size()) return inputs_.paths[at_++];
    while (list_) {
      auto line = list_->next();
      if (!line || !*line) {
        list_.reset();
        break;
      }
      const std::string_view path = trim((*line)->text);
      if (!path.empty()) return std::string(path);
    }
    return std::nullopt;
  }

  static Item refused(const std::string& path, Error error, bool skipped = false) {
    Item item;
    item.origin.path = path;
    if (error.place.file.empty()) error.place.file = path;
    item.blob = tl::unexpected(std::move(error));
    item.skipped = skipped;
    item.unread_bytes = size_of(path);
    return item;
  }

  /// Zero for what is no plain file.
  static std::uint64_t size_of(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
  }

  std::optional<Item> open_path(const std::string& path) {
    if (path == "-") return inputs_.from == "jsonl" ? open_lines(path) : read_file(path);
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) {
      if (errno == ENOENT || errno == ENOTDIR) return refused(path, no_such_path(path));
      return refused(path,
                     {"F002", "it may not be read: " + std::generic_category().message(errno), {}, "check its permissions", {}});
    }
    if (S_ISDIR(info.st_mode)) {
      walk_.emplace(path, inputs_.glob, inputs_.exclude);
      return std::nullopt;
    }
    return open_file(path);
  }

  std::optional<Item> read_entry(FolderWalk::Entry entry) {
    if (entry.error) return refused(entry.path, std::move(*entry.error));
    if (entry.special)
      return refused(
          entry.path,
          {"I013", "a device, pipe or socket inside a folder is not read", {}, "name it on the command line to read it", {}},
          true);
    return open_file(entry.path);
  }

  std::optional<Item> open_file(const std::string& path) {
    if (inputs_.from == "jsonl" || (inputs_.from.empty() && is_json_lines(path))) return open_lines(path);
    if (inputs_.from.empty() && is_warc(path)) return open_archive(path);
    if (const auto name = magic::name_by_ending(path); !name.empty() && inputs_.from.empty()) {
      return refused(
          path, {"I004", fmt::format("skipped: {}, no article's text", name), {}, "convert it to text or HTML first", {}}, true);
    }
    return read_file(path);
  }

  std::optional<Item> open_archive(const std::string& path) {
    auto archive = WarcSource::open(path, inputs_.max_bytes);
    if (!archive) return refused(path, std::move(archive.error()));
    archive_.emplace(std::move(*archive));
    return std::nullopt;
  }

  std::optional<Item> open_lines(const std::string& path) {
    auto lines = LineReader::open(path, line_limit(inputs_.max_bytes));
    if (!lines) return refused(path, std::move(lines.error()));
    lines_.emplace(std::move(*lines));
    container_ = path;
    line_number_ = 0;
    return std::nullopt;
  }

  std::optional<Item> next_line() {
    while (true) {
      auto line = lines_->next();
      if (!line) {
        Error error = std::move(line.error());
        error.place = {container_, line_number_ + 1, 0};
        Item item = refused(container_, std::move(error));
        item.origin.container = container_;
        item.origin.index = line_number_;
        item.unread_bytes = 0;
        return item;
      }
      if (!*line) return std::nullopt;
      ++line_number_;
      pending_bytes_ += (*line)->bytes;
      if (trim((*line)->text).empty()) continue;  // a blank line holds no document
      Item item = read_json_line((*line)->text, container_, line_number_, (*line)->cut);
      item.bytes = std::exchange(pending_bytes_, 0);
      item.pause = container_ == "-" && lines_->would_wait();
      return item;
    }
  }

  std::optional<Item> read_file(const std::string& path) {
    // One byte over the limit, so that decode sees that there was more and says so.
    const std::uint64_t limit = inputs_.max_bytes == UINT64_MAX ? UINT64_MAX : inputs_.max_bytes + 1;
    auto contents = path == "-" ? read_stdin(limit) : file::read(path, limit);
    if (!contents) {
      Error error = std::move(contents.error());
      error.place.file = path;
      return refused(path, std::move(error));
    }
    Item item;
    Blob blob;
    blob.origin.path = path;
    blob.bytes = std::move(contents->bytes);
    blob.format = inputs_.from == "plain"      ? Format::plain
                  : inputs_.from == "markdown" ? Format::markdown
                  : inputs_.from == "html"     ? Format::html
                                               : Format::sniff;
    item.bytes = blob.bytes.size();
    if (auto saved = open_mhtml(blob.bytes)) {
      blob.bytes = std::move(saved->bytes);
      blob.content_type = std::move(saved->content_type);
      blob.format = Format::html;
      blob.origin.uri = blob.hints.url = std::move(saved->url);
    }
    item.origin = blob.origin;
    if (item.bytes > inputs_.max_bytes) item.unread_bytes = std::max(size_of(path), item.bytes) - item.bytes;
    item.blob = std::move(blob);
    return item;
  }

  Inputs inputs_;
  std::size_t at_ = 0;
  std::optional<LineReader> list_, lines_;
  std::optional<WarcSource> archive_;
  mutable std::optional<FolderWalk> walk_;  // measuring files for progress is no change a caller can see
  std::optional<Item> held_;
  std::string container_;
  std::uint32_t line_number_ = 0;
  std::uint64_t pending_bytes_ = 0, listed_bytes_ = 0, walked_bytes_ = 0, left_out_ = 0;
  bool has_stdin_ = false;
};

}  // namespace

Result<std::unique_ptr<Source>> open_source(const Inputs& inputs) {
  auto source = std::make_unique<LocalSource>(inputs);
  if (auto started = source->start(); !started) return tl::unexpected(std::move(started.error()));
  return std::unique_ptr<Source>(std::move(source));
}

}  // namespace tearsheet
