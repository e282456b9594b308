// Reading options: the options by which extract, show and score read, and the engine they make.
#include "cli/reading_options.h"

#include <charconv>

#include "base/fold.h"
#include "cli/terminal.h"
#include "pipeline/engine.h"

namespace tearsheet::cli {

namespace {

std::optional<std::uint64_t> factor_of(std::string unit) {
  unit = lower_ascii(unit);
  if (unit.empty() || unit == "b") return 1;
  if (unit == "k" || unit == "kb") return 1000;
  if (unit == "kib") return 1024;
  if (unit == "m" || unit == "mb") return 1'000'000;
  if (unit == "mib") return 1u << 20;
  if (unit == "g" || unit == "gb") return 1'000'000'000;
  if (unit == "gib") return 1u << 30;
  return std::nullopt;
}

Result<void> read_date(const Arguments& arguments, Options& options) {
  const std::string date = arguments.text("date");
  if (date.empty() && !arguments.has("date")) return {};
  options.reference = Date::parse_iso(date);
  if (!options.reference)
    return fail("U002", "--date cannot be '" + date + "'", "a day as 2023-01-06, or with a time as 2023-01-06T17:17Z");
  return {};
}

Result<void> read_confidence(const Arguments& arguments, Options& options) {
  const std::string least = arguments.text("min-confidence");
  if (!arguments.has("min-confidence")) return {};
  const auto value = Decimal::parse(least);
  if (!value || value->approximate() < 0 || value->approximate() > 1)
    return fail("U002", "--min-confidence cannot be '" + least + "'", "a number from 0 to 1, as 0.8");
  options.min_confidence = value->approximate();
  return {};
}

Result<void> read_engine(const Arguments& arguments, Options& options) {
  const std::string name = arguments.text("engine");
  if (!arguments.has("engine") || name == "fast") return {};
  if (name != "plain") return fail("U002", "--engine cannot be '" + name + "'", "fast, or plain, which gives the same and is slower");
  options.matching = Matching::plain;
  return {};
}

Result<void> read_size(const Arguments& arguments, Options& options) {
  if (!arguments.has("max-bytes")) return {};
  const std::string size = arguments.text("max-bytes");
  const auto bytes = size_from(size);
  // Spans count in 32 bits.
  if (!bytes || *bytes > 2'000'000'000)
    return fail("U002", "--max-bytes cannot be '" + size + "'", "a size from 1 to 2GB, as 500k, 32MB or 1GB");
  options.max_bytes = static_cast<std::size_t>(*bytes);
  return {};
}

}  // namespace

std::optional<std::uint64_t> size_from(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number == 0) return std::nullopt;
  const auto factor = factor_of(std::string(trim(text.substr(static_cast<std::size_t>(end - text.data())))));
  if (!factor || number > UINT64_MAX / *factor) return std::nullopt;
  return number * *factor;
}

Result<Options> engine_options(const Arguments& arguments) {
  Options options;
  options.rules = arguments.all("rules");
  options.types = arguments.list("type");
  for (const std::string& name : arguments.list("use")) {
    if (const auto use = use_from(name)) options.uses.push_back(*use);
  }
  for (const auto& step : {read_date, read_confidence, read_size, read_engine}) {
    if (auto done = step(arguments, options); !done) return tl::unexpected(std::move(done.error()));
  }
  return options;
}

std::optional<Engine> open_engine(Options options) {
  auto engine = Engine::open(std::move(options));
  if (engine) return std::move(*engine);
  // Errors of several rules come as lines that are complete by themselves.
  const Error& error = engine.error();
  const auto lines = error.what.find('\n');
  if (lines == std::string::npos)
    say(error);
  else
    say(error.what.substr(lines + 1));
  return std::nullopt;
}

}  // namespace tearsheet::cli
