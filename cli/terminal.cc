// Terminal: words on standard error, results on standard output, a progress bar where someone looks.
#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pipeline/sink/table.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

bool stdin_is_terminal() { return ::isatty(STDIN_FILENO) == 1; }
bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool colour_wanted() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return stdout_is_terminal() && (no_colour == nullptr || *no_colour == '\0') && !dumb;
}

std::uint32_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  const int said = columns == nullptr ? 0 : std::atoi(columns);
  return said > 0 ? static_cast<std::uint32_t>(said) : 100;
}

void say(std::string_view line) {
  const std::string safe = visible(line, true) + "\n";
  std::fwrite(safe.data(), 1, safe.size(), stderr);
}

void say(const Error& error, std::string_view level) { say(to_text(error, level)); }

bool print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(STDOUT_FILENO, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) {
      if (errno != EPIPE) say(Error{"S001", std::string("cannot write standard output: ") + std::strerror(errno), {}, {}, {}});
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  if (bytes < 1'000'000) return fmt::format("{:.1f} KB", static_cast<double>(bytes) / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

std::string count_text(std::uint64_t count) { return grouped(std::to_string(count)); }

std::string rate_text(double per_second) {
  return per_second < 10 ? fmt::format("{:.1f}", per_second) : count_text(static_cast<std::uint64_t>(per_second));
}

std::string counted(std::uint64_t count, std::string_view one) {
  return count_text(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

Progress::Progress(bool wanted) : wanted_(wanted && stderr_is_terminal()) {}

void Progress::show(const Summary& summary, std::uint64_t total_bytes) {
  if (!wanted_) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  const auto articles = summary.read + summary.skipped + summary.failed;
  std::string line = counted(articles, "article");
  if (seconds > 0.2)
    line += fmt::format(", {} a second", rate_text(static_cast<double>(articles) / seconds));
  const std::uint64_t done = summary.bytes + summary.unread_bytes;
  if (total_bytes > 0 && done > 0) {
    const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_bytes));
    const auto filled = static_cast<std::size_t>(part * 24);
    const double left = seconds / part - seconds;
    line = fmt::format("[{}{}] {:3.0f} % {}", std::string(filled, '#'), std::string(24 - filled, '.'), part * 100, line);
    if (seconds > 1) line += fmt::format(", {:.0f} s left", left);
  }
  shown_ = true;
  const std::string out = "\r\x1b[K" + line;
  std::fwrite(out.data(), 1, out.size(), stderr);
}

void Progress::clear() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace tearsheet::cli
