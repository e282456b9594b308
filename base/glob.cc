// Globs: braces spelled out, then one pass that keeps the set of places a pattern can be at.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/utf8.h"

namespace tearsheet::file {
namespace {

constexpr std::size_t kMostAlternatives = 1024;  // "{a,b}{a,b}..." doubles with each pair; a person never writes that many

// The end of the brace that opens at `open`, or npos. `commas` gets the commas of this level.
std::size_t brace_end(std::string_view glob, std::size_t open, std::vector<std::size_t>& commas) {
  int depth = 0;
  for (std::size_t i = open; i < glob.size(); ++i) {
    if (glob[i] == '\\') {
      ++i;
    } else if (glob[i] == '{') {
      ++depth;
    } else if (glob[i] == '}' && --depth == 0) {
      return i;
    } else if (glob[i] == ',' && depth == 1) {
      commas.push_back(i);
    }
  }
  return std::string_view::npos;
}

std::size_t first_brace(std::string_view glob) {
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '\\') {
      ++i;
    } else if (glob[i] == '{') {
      return i;
    }
  }
  return std::string_view::npos;
}

// The globs without braces that one with braces stands for.
std::vector<std::string> spelled_out(std::string_view glob) {
  std::vector<std::string> done;
  std::vector<std::string> open{std::string(glob)};
  while (!open.empty() && done.size() + open.size() < kMostAlternatives) {
    const std::string pattern = std::move(open.back());
    open.pop_back();
    const std::size_t begin = first_brace(pattern);
    std::vector<std::size_t> cuts;
    const std::size_t end = begin == std::string::npos ? begin : brace_end(pattern, begin, cuts);
    if (end == std::string::npos || cuts.empty()) {
      done.push_back(pattern);  // no brace, or one that is only a character
      continue;
    }
    cuts.push_back(end);
    std::size_t from = begin + 1;
    for (const std::size_t cut : cuts) {
      open.push_back(pattern.substr(0, begin) + pattern.substr(from, cut - from) + pattern.substr(end + 1));
      from = cut + 1;
    }
  }
  return done;
}

// One step of a pattern. `any` may repeat.
struct Step {
  enum Kind { kLiteral, kOne, kSet, kAny, kAnyPath } kind = kLiteral;
  char32_t literal = 0;
  bool negated = false;
  std::vector<std::pair<char32_t, char32_t>> ranges;
};

// Reads "[a-z]" behind its bracket; false when it never closes, and then '[' is a character.
bool read_set(std::string_view glob, std::size_t& at, Step& step) {
  std::size_t i = at;
  step.negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  if (step.negated) ++i;
  for (bool first = true; i < glob.size(); first = false) {
    if (glob[i] == ']' && !first) {
      at = i + 1;
      step.kind = Step::kSet;
      return true;
    }
    const char32_t low = utf8::next(glob, i);
    char32_t high = low;
    if (i + 1 < glob.size() && glob[i] == '-' && glob[i + 1] != ']') {
      ++i;
      high = utf8::next(glob, i);
    }
    step.ranges.emplace_back(low, high);
  }
  return false;
}

std::vector<Step> steps_of(std::string_view glob) {
  std::vector<Step> steps;
  for (std::size_t at = 0; at < glob.size();) {
    Step step;
    const char32_t c = utf8::next(glob, at);
    step.literal = c;
    if (c == '*') {
      const bool path = at < glob.size() && glob[at] == '*';
      step.kind = path ? Step::kAnyPath : Step::kAny;
      while (at < glob.size() && glob[at] == '*') ++at;
    } else if (c == '?') {
      step.kind = Step::kOne;
    } else if (c == '[') {
      read_set(glob, at, step);
    } else if (c == '\\' && at < glob.size()) {
      step.literal = utf8::next(glob, at);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

bool takes(const Step& step, char32_t c) {
  if (step.kind == Step::kLiteral) return c == step.literal;
  if (step.kind == Step::kAnyPath) return true;
  if (c == '/') return false;
  if (step.kind != Step::kSet) return true;
  const bool in = std::any_of(step.ranges.begin(), step.ranges.end(), [c](auto r) { return r.first <= c && c <= r.second; });
  return in != step.negated;
}

bool repeats(const Step& step) { return step.kind == Step::kAny || step.kind == Step::kAnyPath; }

bool matches(const std::vector<Step>& steps, std::string_view path) {
  std::vector<char> now(steps.size() + 1), later(steps.size() + 1);
  bool folder_start = true;
  now[0] = 1;
  for (std::size_t read = 0;;) {
    // What is reached without reading: behind a star, and behind "**/" at the start of a folder, which may stand for none.
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool no_folder = now[i] && folder_start && steps[i].kind == Step::kAnyPath && i + 1 < steps.size() &&
                             steps[i + 1].kind == Step::kLiteral && steps[i + 1].literal == '/';
      if (no_folder) now[i + 2] = 1;
      if (now[i] && repeats(steps[i])) now[i + 1] = 1;
    }
    if (read >= path.size()) return now[steps.size()] != 0;
    const char32_t c = utf8::next(path, read);
    std::fill(later.begin(), later.end(), 0);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!now[i] || !takes(steps[i], c)) continue;
      later[repeats(steps[i]) ? i : i + 1] = 1;
    }
    std::swap(now, later);
    folder_start = c == '/';
  }
}

}  // namespace

bool glob_matches(std::string_view glob, std::string_view path) {
  if (glob.find('/') == std::string_view::npos) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    path = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  }
  const std::vector<std::string> globs = spelled_out(glob);
  return std::any_of(globs.begin(), globs.end(), [path](const std::string& one) { return matches(steps_of(one), path); });
}

}  // namespace tearsheet::file
