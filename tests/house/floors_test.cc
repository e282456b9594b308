// The house: no room includes a floor above it, no stage another stage, no library but through its door.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFloors[] = {"include/tearsheet", "base", "extractors", "pipeline", "cli"};
constexpr std::string_view kStages[] = {"fetch", "decode", "parse", "tidy", "link", "record", "sink"};
// The rooms of the pipeline that may know several stages; a name stands for all rooms that begin with it.
constexpr std::string_view kKnowAllStages[] = {"pipeline/engine", "pipeline/run", "pipeline/gold"};
constexpr std::size_t kMostLines = 500;

// A third-party header and the rooms that may name it. Both are beginnings; "" is anywhere.
struct Door {
  std::string_view header;
  std::vector<std::string_view> rooms;
};
const std::vector<Door> kDoors = {
    {"tl/expected", {""}},
    {"fmt/", {""}},
    {"re2/", {"extractors/pattern", "extractors/matcher"}},
    {"gumbo.h", {"pipeline/parse/html"}},
    {"curl/", {"pipeline/fetch/http"}},
    {"yaml-cpp/", {"base/yaml"}},
    {"boost/", {"cli/options"}},
    {"libxml/", {"base/xml"}},
    {"sqlite3.h", {"pipeline/sink/sqlite", "pipeline/fetch/seen"}},
    {"simdjson.h", {"base/json"}},
    {"unicode/", {"base/charset", "base/fold", "base/utf8", "base/zone", "base/url"}},
    {"cld2/", {"pipeline/tidy/language"}},
    {"md4c.h", {"pipeline/parse/markdown"}},
    {"zlib.h", {"base/unpack", "pipeline/fetch/warc", "pipeline/sink/"}},
    {"zstd.h", {"base/unpack", "pipeline/fetch/warc", "pipeline/sink/"}},
    {"libdeflate.h", {"base/unpack", "pipeline/fetch/warc"}},
    {"httplib.h", {"cli/workbench"}},
    {"openssl/", {"base/hash"}},
    {"xxhash.h", {"base/hash"}},
};

// One source file, or one made up for a row.
struct Source {
  std::string path;  // from the house's root
  std::string text;
};

struct Include {
  std::string header;
  bool quoted = false;
};

std::vector<Include> includes_of(const std::string& text) {
  std::vector<Include> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line[hash] != '#') continue;
    const std::size_t word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string::npos || line.compare(word, 7, "include") != 0) continue;
    const std::size_t open = line.find_first_of("<\"", word + 7);
    if (open == std::string::npos) continue;
    const std::size_t close = line.find_first_of(">\"", open + 1);
    if (close == std::string::npos) continue;
    found.push_back({line.substr(open + 1, close - open - 1), line[open] == '"'});
  }
  return found;
}

// The floor's number, or npos for what is no room of ours. The nouns' rooms stand in nouns/, their headers in include/tearsheet/.
constexpr std::size_t kNoFloor = std::string_view::npos;

std::size_t floor_of(std::string_view path) {
  if (path.starts_with("nouns/") || path.starts_with("tearsheet/")) return 0;
  for (std::size_t i = 0; i < std::size(kFloors); ++i) {
    if (path.starts_with(std::string(kFloors[i]) + "/")) return i;
  }
  return kNoFloor;
}

// The stage a path of the pipeline belongs to, "" for a room outside the stages: "pipeline/parse/html.cc", "pipeline/parse.h".
std::string_view stage_of(std::string_view path) {
  if (!path.starts_with("pipeline/")) return {};
  const std::string_view rest = path.substr(9);
  const std::string_view name = rest.substr(0, rest.find_first_of("/."));
  for (const std::string_view stage : kStages) {
    if (name == stage) return stage;
  }
  return {};
}

bool begins_with_one(std::string_view path, const std::vector<std::string_view>& rooms) {
  return std::any_of(rooms.begin(), rooms.end(), [path](std::string_view room) { return path.starts_with(room); });
}

bool knows_all_stages(std::string_view path) {
  return std::any_of(std::begin(kKnowAllStages), std::end(kKnowAllStages), [path](auto room) { return path.starts_with(room); });
}

void check_floor(const Source& source, const Include& include, std::vector<std::string>& faults) {
  const std::size_t mine = floor_of(source.path);
  const std::size_t theirs = floor_of(include.header);
  if (theirs == kNoFloor) {
    if (include.quoted && include.header.find('/') != std::string::npos) {
      faults.push_back(source.path + " includes " + include.header + ", which stands on no floor");
    }
    return;
  }
  if (theirs > mine) faults.push_back(source.path + " includes " + include.header + ", a floor above it");
  // The pipeline's own stages; the command line and the rooms named above look at several.
  const std::string_view stage = stage_of(include.header);
  if (stage.empty() || !source.path.starts_with("pipeline/") || knows_all_stages(source.path)) return;
  if (stage_of(source.path) != stage) faults.push_back(source.path + " includes " + include.header + ", another stage");
}

void check_door(const Source& source, const Include& include, std::vector<std::string>& faults) {
  if (include.header.starts_with("doctest/")) faults.push_back(source.path + " includes doctest; only tests do");
  for (const Door& door : kDoors) {
    if (include.header.starts_with(door.header) && !begins_with_one(source.path, door.rooms)) {
      faults.push_back(source.path + " includes " + include.header + " outside its door");
    }
  }
}

// A header in angle brackets with a folder or an .h is a library's; the system's own few are named here.
void check_known(const Source& source, const Include& include, std::vector<std::string>& faults) {
  if (include.quoted) return;
  const std::string& header = include.header;
  const bool bare = header.find('/') == std::string::npos && header.find('.') == std::string::npos;
  constexpr std::string_view kSystem[] = {"sys/", "netinet/", "arpa/", "net/", "netdb.h", "fcntl.h", "unistd.h", "signal.h", "poll.h",
                                          "termios.h", "pthread.h", "immintrin.h", "fnmatch.h", "pwd.h", "dirent.h", "strings.h", "sched.h", "malloc.h"};
  const bool system = std::any_of(std::begin(kSystem), std::end(kSystem), [&](auto name) { return header.starts_with(name); });
  const bool library = std::any_of(kDoors.begin(), kDoors.end(), [&](const Door& door) { return header.starts_with(door.header); });
  if (!bare && !system && !library && !header.starts_with("doctest/")) {
    faults.push_back(source.path + " includes <" + header + ">, a library without a door");
  }
}

// What is wrong with one source, in words.
std::vector<std::string> faults_of(const Source& source) {
  std::vector<std::string> faults;
  if (!source.text.starts_with("// ")) faults.push_back(source.path + " does not begin by saying what the room is for");
  const auto lines = static_cast<std::size_t>(std::count(source.text.begin(), source.text.end(), '\n'));
  if (lines > kMostLines) faults.push_back(source.path + " has " + std::to_string(lines) + " lines");
  for (const Include& include : includes_of(source.text)) {
    check_floor(source, include, faults);
    check_door(source, include, faults);
    check_known(source, include, faults);
  }
  return faults;
}

std::vector<Source> all_sources() {
  std::vector<Source> sources;
  const fs::path root = TEARSHEET_SOURCE_DIR;
  for (const std::string_view floor : {"include/tearsheet", "nouns", "base", "extractors", "pipeline", "cli"}) {
    if (!fs::exists(root / floor)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / floor)) {
      const fs::path& path = entry.path();
      if (path.extension() != ".cc" && path.extension() != ".h") continue;
      std::ostringstream text;
      text << std::ifstream(path, std::ios::binary).rdbuf();
      sources.push_back({fs::relative(path, root).generic_string(), text.str()});
    }
  }
  return sources;
}

struct Row {
  std::string_view why, path, include;
  bool allowed;
};
constexpr Row kRows[] = {
    {"the nouns look up at base", "nouns/value.cc", "\"base/utf8.h\"", false},
    {"a noun's header looks up at base", "include/tearsheet/value.h", "\"base/utf8.h\"", false},
    {"base looks up at the extractors", "base/yaml.cc", "\"extractors/rulebook.h\"", false},
    {"extractors look up at the pipeline", "extractors/money.cc", "\"pipeline/engine.h\"", false},
    {"the pipeline looks up at the command line", "pipeline/report.cc", "\"cli/options.h\"", false},
    {"the pipeline looks down", "pipeline/tidy/repeat.cc", "\"base/fold.h\"", true},
    {"a room looks at its own floor", "base/charset.cc", "\"base/utf8.h\"", true},
    {"all see the nouns", "base/yaml.h", "\"tearsheet/error.h\"", true},
    {"a stage looks at another stage", "pipeline/tidy/repeat.cc", "\"pipeline/parse/html.h\"", false},
    {"a stage looks at another stage's door", "pipeline/record/clause.cc", "\"pipeline/link.h\"", false},
    {"a stage looks at itself", "pipeline/parse/html.cc", "\"pipeline/parse/blocks.h\"", true},
    {"the report is not one that knows all stages", "pipeline/report.cc", "\"pipeline/sink/jsonl.h\"", false},
    {"the engine knows all stages", "pipeline/engine.cc", "\"pipeline/parse/parse.h\"", true},
    {"the run knows all stages", "pipeline/run_queue.cc", "\"pipeline/sink/jsonl.h\"", true},
    {"re2 at its door", "extractors/pattern.cc", "<re2/re2.h>", true},
    {"re2 beside its door", "extractors/money.cc", "<re2/re2.h>", false},
    {"ICU in a stage", "pipeline/decode/decode.cc", "<unicode/ucnv.h>", false},
    {"gumbo at its door", "pipeline/parse/html_tree.cc", "<gumbo.h>", true},
    {"gumbo in quotes is still gumbo", "pipeline/parse/plain.cc", "\"gumbo.h\"", false},
    {"yaml-cpp in a header of another room", "base/tree.h", "<yaml-cpp/yaml.h>", false},
    {"doctest outside the tests", "base/tree.cc", "<doctest/doctest.h>", false},
    {"a library nobody gave a door", "base/tree.cc", "<absl/strings/str_cat.h>", false},
    {"fmt is everywhere", "cli/main.cc", "<fmt/format.h>", true},
    {"the standard library is everywhere", "nouns/value.cc", "<vector>", true},
    {"the system is everywhere", "base/file.cc", "<sys/stat.h>", true},
    {"a folder that is no floor", "base/tree.cc", "\"helpers/strings.h\"", false},
};

}  // namespace

TEST_CASE("house: the rules tell a good include from a bad one") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const Source source{std::string(row.path), "// A room.\n  #  include " + std::string(row.include) + "\n"};
    CHECK(faults_of(source).empty() == row.allowed);
  }
}

TEST_CASE("house: a room says what it is for, and is not longer than a person reads") {
  CHECK_FALSE(faults_of({"base/a.cc", "#include <vector>\n"}).empty());
  CHECK_FALSE(faults_of({"base/a.cc", "// A.\n" + std::string(500, '\n')}).empty());
  CHECK(faults_of({"base/a.cc", "// A.\n" + std::string(499, '\n')}).empty());
}

TEST_CASE("house: every source keeps the rules") {
  const std::vector<Source> sources = all_sources();
  CHECK(sources.size() > 25);  // an empty or misplaced folder would pass unseen
  for (const Source& source : sources) {
    for (const std::string& fault : faults_of(source)) FAIL_CHECK(fault);
  }
}
