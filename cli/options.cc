// Options: a command's options as rows, and the arguments read by them. The one door to Boost.Program_options.
#include "cli/options.h"

#include <algorithm>
#include <boost/program_options.hpp>

#include "base/suggest.h"

namespace tearsheet::cli {

namespace {

namespace po = boost::program_options;

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> out;
  for (;;) {
    const auto comma = list.find(',');
    out.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    list.remove_prefix(comma + 1);
  }
}

po::options_description described(std::span<const Option> options) {
  po::options_description all;
  for (const Option& option : options) {
    std::string name(option.name);
    if (option.letter != 0) name += std::string(",") + option.letter;
    if (option.value.empty())
      all.add_options()(name.c_str(), "");
    else
      all.add_options()(name.c_str(), po::value<std::vector<std::string>>(), "");
  }
  return all;
}

tl::unexpected<Error> unknown(const std::string& word, std::span<const Option> options) {
  std::vector<std::string> names;
  for (const Option& option : options) names.push_back("--" + std::string(option.name));
  std::string help = did_you_mean(word.substr(0, word.find('=')), names);
  return fail("U001", "no option is called " + word, help.empty() ? "--help lists the options" : help);
}

const Option* row_of(std::string_view name, std::span<const Option> options) {
  const auto row = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
  return row == options.end() ? nullptr : &*row;
}

Result<void> check_choices(const Option& option, const std::string& value) {
  if (option.choices.empty() || option.open) return {};
  const auto choices = split(option.choices);
  const auto said = option.many ? split(value) : std::vector<std::string>{value};
  for (const std::string& one : said) {
    if (std::find(choices.begin(), choices.end(), one) != choices.end()) continue;
    std::string help = did_you_mean(one, choices);
    if (help.empty()) {
      for (const std::string& choice : choices) help += (help.empty() ? "one of: " : ", ") + choice;
    }
    return fail("U002", "--" + std::string(option.name) + " cannot be '" + one + "'", help);
  }
  return {};
}

}  // namespace

Result<Arguments> Arguments::parse(const std::vector<std::string>& words, std::span<const Option> options) {
  const auto description = described(options);
  constexpr int kStyle = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  Arguments out;
  try {
    const auto parsed = po::command_line_parser(words).options(description).style(kStyle).allow_unregistered().run();
    for (const auto& option : parsed.options) {
      if (option.position_key >= 0) {
        out.paths_.insert(out.paths_.end(), option.value.begin(), option.value.end());
        continue;
      }
      const Option* row = option.unregistered ? nullptr : row_of(option.string_key, options);
      if (row == nullptr)
        return unknown(option.original_tokens.empty() ? option.string_key : option.original_tokens.front(), options);
      const std::string value = option.value.empty() ? std::string() : option.value.front();
      if (auto good = check_choices(*row, value); !good) return tl::unexpected(good.error());
      out.said_.emplace_back(option.string_key, value);
    }
  } catch (const po::error& wrong) {
    return fail("U002", wrong.what(), "--help shows what each option takes");
  }
  return out;
}

bool Arguments::has(std::string_view name) const {
  return std::any_of(said_.begin(), said_.end(), [&](const auto& said) { return said.first == name; });
}

std::string Arguments::text(std::string_view name) const {
  const auto last = std::find_if(said_.rbegin(), said_.rend(), [&](const auto& said) { return said.first == name; });
  return last == said_.rend() ? std::string() : last->second;
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : said_) {
    if (key == name) out.push_back(value);
  }
  return out;
}

std::vector<std::string> Arguments::list(std::string_view name) const {
  std::vector<std::string> out;
  for (const std::string& value : all(name)) {
    for (std::string& one : split(value)) {
      if (!one.empty()) out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace tearsheet::cli
