// Run fetch, inside: output, archive and state, committed together.
#include "pipeline/run_fetch_store.h"

#include <filesystem>
#include <utility>

#include "pipeline/run_fetch.h"

namespace tearsheet {

FetchStore::FetchStore(Seen& seen, Options options)
    : seen_(seen),
      options_(std::move(options)),
      archive_({options_.archive_folder, options_.rotate_bytes, options_.software, options_.contact}) {}

Result<void> FetchStore::begin(bool& recovered) {
  if (seen_.value("running") == "1") {
    for (const KnownFile& file : seen_.files()) {
      auto cut = AppendFile::cut(file.path, file.length);
      if (!cut) return tl::unexpected(std::move(cut.error()));
      recovered = recovered || *cut;
    }
  }
  for (const KnownFile& file : seen_.files())
    if (auto done = seen_.forget_file(file.path); !done) return done;
  if (auto done = seen_.set_value("running", "1"); !done) return done;
  if (auto done = seen_.commit(); !done) return done;
  std::error_code error;
  std::filesystem::create_directories(options_.output_folder, error);
  if (error)
    return fail("S001", "cannot make the folder " + options_.output_folder + ": " + error.message(),
                "choose another place with -o");
  const SinkRow* row = sink_named(options_.as);
  auto sink = row->make(options_.as == "sqlite" ? options_.output_folder + "/readings.db" : "/dev/null", options_.sink);
  if (!sink) return tl::unexpected(std::move(sink.error()));
  sink_ = std::move(*sink);
  return {};
}

Result<void> FetchStore::turn_output(const std::string& day) {
  if (options_.as == "sqlite") return {};
  const std::string path = options_.output_folder + "/" + day + ".jsonl";
  if (output_ && output_->path() == path) return {};
  if (auto done = commit(); !done) return done;
  if (output_)
    if (auto done = seen_.forget_file(output_->path()); !done) return done;
  auto opened = AppendFile::open(path);
  if (!opened) return tl::unexpected(std::move(opened.error()));
  output_.emplace(std::move(*opened));
  if (auto done = seen_.save_file(path, output_->length()); !done) return done;
  return seen_.commit();
}

Result<void> FetchStore::turn_archive(const std::string& day, const std::string& time) {
  if (!options_.archive) return {};
  auto turned = archive_.turn_to(day);
  if (!turned) return tl::unexpected(std::move(turned.error()));
  if (!*turned) return {};
  // The name counts before the first byte does.
  if (!archive_path_.empty())
    if (auto done = seen_.forget_file(archive_path_); !done) return done;
  archive_path_ = archive_.path();
  if (auto done = seen_.save_file(archive_path_, archive_.length()); !done) return done;
  if (auto done = commit(); !done) return done;
  return archive_.begin(time);
}

Result<void> FetchStore::turn_to(std::int64_t now_ms) {
  const std::string day = utc_day(now_ms);
  if (auto done = turn_output(day); !done) return done;
  return turn_archive(day, utc_time(now_ms));
}

Result<void> FetchStore::write(const Reading& reading) {
  const std::string rendered = sink_->render(reading);
  return output_ ? output_->write(rendered) : sink_->write(rendered);
}

Result<void> FetchStore::commit() {
  if (auto done = archive_.sync(); !done) return done;
  if (output_)
    if (auto done = output_->sync(); !done) return done;
  if (auto done = sink_->flush(); !done) return done;
  if (output_)
    if (auto done = seen_.save_file(output_->path(), output_->length()); !done) return done;
  if (!archive_path_.empty())
    if (auto done = seen_.save_file(archive_path_, archive_.length()); !done) return done;
  return seen_.commit();
}

Result<void> FetchStore::end() {
  if (auto done = seen_.set_value("running", "0"); !done) return done;
  return commit();
}

}  // namespace tearsheet
