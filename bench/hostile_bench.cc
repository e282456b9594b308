// Bench of pages made to break a reader: each is read whole in a process of its own; time, memory and what the reading said of
// it. Exits 1 where one takes over a second or over 300 MB.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <functional>
#include <string>

#include "tearsheet/engine.h"

namespace {

using namespace tearsheet;

std::string times(std::string_view what, std::size_t n) {
  std::string out;
  out.reserve(what.size() * n);
  for (std::size_t i = 0; i < n; ++i) out += what;
  return out;
}

std::string numbered(std::string_view before, std::string_view after, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out.append(before).append(std::to_string(i)).append(after);
  return out;
}

struct Row {
  const char* name;
  std::function<std::string()> make;
};

const std::string kText = "<p>The board said on Friday that it would spend more than planned.</p>";

const Row kRows[] = {
    {"50,000 nested div", [] { return times("<div>", 50'000) + kText; }},
    {"500,000 unclosed span", [] { return times("<span>", 500'000) + kText; }},
    {"20,000 distinct font", [] { return numbered("<font color=", ">x", 20'000) + kText; }},
    {"40,000 attributes", [] { return "<p" + numbered(" a", "=1", 40'000) + ">" + kText; }},
    {"20,000 nested tables", [] { return times("<table><tr><td>", 20'000) + kText; }},
    {"500 tables deep, 2,000 wide", [] { return times("<table><tr><td>", 160) + times("<b>x<table>y</b>", 2'000) + kText; }},
    {"100 MB of <", [] { return std::string(100u << 20, '<') + kText; }},
    {"32 MB of words", [] { return times("word ", 6'400'000) + kText; }},
    {"unclosed script", [] { return kText + "<script>" + times("var a = '<p>';", 100'000); }},
    {"scripts in comments in scripts", [] { return kText + times("<script><!--<script>", 50'000); }},
    {"NULs", [] { return kText + std::string(1u << 20, '\0') + kText; }},
    {"huge entities", [] { return "<p>&#" + std::string(5u << 20, '9') + ";&" + std::string(5u << 20, 'a') + ";" + kText; }},
    {"a million entities", [] { return "<p>" + times("&amp;", 1'000'000) + kText; }},
    {"unclosed quotes", [] { return times("<a href=\"", 500'000) + ">" + kText; }},
    {"misnested formatting", [] { return times("<b><i><u><a></b>", 60'000) + kText; }},
    {"open paragraphs in open lists", [] { return times("<ul><li><p>x", 400) + times("<p><b>x", 50'000) + kText; }},
    {"100,000 list items", [] { return "<ul>" + times("<li>" + kText, 100'000); }},
    {"deep JSON-LD", [] { return "<script type='application/ld+json'>" + times("[{\"a\":", 100'000) + "</script>" + kText; }},
};

Blob blob_of(std::string html) {
  Blob blob;
  blob.bytes = std::move(html);
  blob.format = Format::html;
  return blob;
}

// In a child, so that the most memory it ever had is this page's; the page itself and the rules are in it. The page is made
// before the clock starts.
int measure(const Engine& engine, const Row& row) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    Blob blob = blob_of(row.make());
    const std::clock_t begun = std::clock();
    const Reading reading = engine.read(std::move(blob));
    const double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::string said = reading.error ? reading.error->code : "";
    for (const Note& note : reading.notes) said += (said.empty() ? "" : " ") + note.code;
    const bool slow = seconds > 1 || usage.ru_maxrss > 300 * 1024;
    std::printf("%-32s %6.2f s %6ld MB  %s%s\n", row.name, seconds, usage.ru_maxrss / 1024, said.c_str(), slow ? "  OVER" : "");
    std::fflush(stdout);
    ::_exit(slow ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  std::printf("%-32s killed by signal %d\n", row.name, WTERMSIG(status));
  return 1;
}

}  // namespace

int main() {
  Options options;
  options.rules = {TEARSHEET_SOURCE_DIR "/rules"};
  const auto engine = Engine::open(options);
  if (!engine) return 2;
  int over = 0;
  for (const Row& row : kRows) over += measure(*engine, row);
  return over == 0 ? 0 : 1;
}
