// Fetch options: what fetch and feeds have in common on the command line.
#include "cli/fetch_options.h"

#include <chrono>
#include <cstdlib>

namespace tearsheet::cli {

std::string feed_list_path(const Arguments& arguments) {
  if (arguments.has("feeds")) return arguments.text("feeds");
  const char* named = std::getenv("TEARSHEET_FEEDS");
  return named != nullptr && *named != '\0' ? named : "feeds.yaml";
}

Result<FeedList> feed_list_of(const Arguments& arguments) {
  auto list = read_feed_list(feed_list_path(arguments));
  if (!list) return list;
  // A path on the command line starts at the current folder, one in the list at the list's.
  for (const auto& [name, into] :
       {std::pair<const char*, std::string*>{"state", &list->state}, {"output", &list->output}, {"archive", &list->archive}}) {
    *into = list->resolved(*into);
    if (arguments.has(name)) *into = arguments.text(name);
  }
  list->ca_file = list->resolved(list->ca_file);
  list->path.clear();
  if (arguments.has("contact")) list->contact = arguments.text("contact");
  return list;
}

std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<void> check_contact(const FeedList& list) {
  const std::string& contact = list.contact;
  const bool good = contact.find_first_of("\r\n()") == std::string::npos &&
                    (contact.starts_with("mailto:") || contact.starts_with("https://") || contact.starts_with("http://") ||
                     contact.find('@') != std::string::npos);
  if (good) return {};
  return fail("U007", contact.empty() ? "no contact is set" : "'" + contact + "' is no address that a publisher could write to",
              "publishers block strangers: put `contact: mailto:you@example.org` into the list, or give --contact");
}

Result<std::int64_t> seconds_option(const Arguments& arguments, const std::string& name) {
  if (!arguments.has(name)) return 0;
  const auto seconds = seconds_from(arguments.text(name));
  if (!seconds || *seconds == 0)
    return fail("U002", "--" + name + " cannot be '" + arguments.text(name) + "'", "a time as 90s, 10m, 6h or 90d");
  return *seconds;
}

}  // namespace tearsheet::cli
