// Run fetch, inside: output, archive and state, committed together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/append_file.h"
#include "pipeline/fetch/archive.h"
#include "pipeline/fetch/seen.h"
#include "pipeline/sink/sink.h"

namespace tearsheet {

/// The three places a run writes to. The order of a commit is archive, output, state: what the state says is there is there, and
/// what is there without the state saying so is cut off when the next run begins.
class FetchStore {
 public:
  struct Options {
    std::string output_folder, archive_folder, software, contact;
    std::string as;
    SinkOptions sink;
    bool archive = true;
    std::uint64_t rotate_bytes = 1u << 30;
  };
  FetchStore(Seen& seen, Options options);

  /// Cuts files back where the last run did not end cleanly, and opens the sink. `recovered` tells whether anything was cut.
  Result<void> begin(bool& recovered);
  /// Sets the day that is written to. Cheap when it is the same.
  Result<void> turn_to(std::int64_t now_ms);
  Result<void> write(const Reading& reading);
  /// Null where nothing is archived.
  Archive* archive() { return options_.archive ? &archive_ : nullptr; }
  Result<void> commit();
  /// The last commit: the run has ended cleanly.
  Result<void> end();

 private:
  Result<void> turn_output(const std::string& day);
  Result<void> turn_archive(const std::string& day, const std::string& time);
  Seen& seen_;
  Options options_;
  Archive archive_;
  std::string archive_path_;
  std::optional<AppendFile> output_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace tearsheet
