// Terminal: words on standard error, results on standard output, a progress bar where someone looks.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/run.h"
#include "tearsheet/error.h"

namespace tearsheet::cli {

bool stdin_is_terminal();
bool stdout_is_terminal();
bool stderr_is_terminal();
/// Colour on standard output: a terminal that is not dumb, and NO_COLOR (no-color.org) not set.
bool colour_wanted();
/// Columns of the terminal on standard output, COLUMNS, else 100.
std::uint32_t terminal_width();

/// A line on standard error. Text from outside is shown, not sent.
void say(std::string_view line);
/// An error or a warning with place, excerpt and help.
void say(const Error& error, std::string_view level = "error");
/// Text on standard output; false when nobody reads it any more or it cannot be written (said on standard error, once).
bool print(std::string_view text);

/// "3.1 MB", "1,204".
std::string bytes_text(std::uint64_t bytes);
std::string count_text(std::uint64_t count);
/// "1 article", "3 articles".
std::string counted(std::uint64_t count, std::string_view one);
/// "0.4", "3,120": a rate, with a decimal where it is small.
std::string rate_text(double per_second);

/// A bar on one line of standard error, with rate and time left. Draws nothing where standard error is no terminal.
class Progress {
 public:
  explicit Progress(bool wanted);
  void show(const Summary& summary, std::uint64_t total_bytes);
  /// Takes the bar away, so that a line can be written.
  void clear();

 private:
  bool wanted_, shown_ = false;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace tearsheet::cli
