// Fetch options: what fetch and feeds have in common on the command line.
#pragma once

#include <optional>
#include <string>

#include "cli/options.h"
#include "pipeline/fetch/feed_list.h"
#include "pipeline/run_fetch.h"

namespace tearsheet::cli {

/// --feeds, else TEARSHEET_FEEDS, else feeds.yaml.
std::string feed_list_path(const Arguments& arguments);
/// The list with --state, --output, --archive and --contact put in.
Result<FeedList> feed_list_of(const Arguments& arguments);
/// Milliseconds since 1970, now.
std::int64_t clock_ms();
/// Fails with U007 where the list has no contact: nobody should be fetched from by a stranger.
Result<void> check_contact(const FeedList& list);
/// A duration option ("10m") in seconds; 0 where it is not given. Fails with U002.
Result<std::int64_t> seconds_option(const Arguments& arguments, const std::string& name);

inline constexpr int kTryLater = 75;  // EX_TEMPFAIL of sysexits.h: another run holds the lock

inline constexpr Option kFeedsOption = {"feeds", 'f', "FILE", "the list of feeds; default TEARSHEET_FEEDS, else feeds.yaml"};
inline constexpr Option kStateOption = {"state", 0, "FILE", "what earlier runs know; default state.db beside the list"};
inline constexpr Option kContactOption = {"contact", 0, "ADDRESS",
                                          "who runs this, for the User-Agent: mailto:you@example.org or a web page"};
inline constexpr Option kPrivateOption = {"allow-private", 0, "", "connect to private addresses too: for intranets and tests"};

}  // namespace tearsheet::cli
