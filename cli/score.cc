// Score: how well the rules read the annotated cases.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/json.h"
#include "cli/command.h"
#include "cli/reading_options.h"
#include "cli/terminal.h"
#include "pipeline/gold.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {
    {"show", 0, "KINDS", "list what is not as annotated", "all,missed,extra,span,value,trap,use,article,link,record,unreadable",
     true},
    {"type", 0, "TYPES", "with --show and --calibration: only these types", kTypes, true, true},
    {"bar", 0, "FILE", "least F1 by type; default bar.yaml in the folder that is scored"},
    {"calibration", 0, "", "also how often mentions of each confidence are right, by type and rule; --type narrows it"},
    {"json", 0, "", "figures as JSON"},
};

constexpr Usage kUsage = {
    "[PATH...]",
    "Reads annotated cases (docs/annotating.md) and compares. Strict counts equal spans, overlap any common byte, value right "
    "fields on an overlapping "
    "span; each with precision, recall and F1 in percent. Exit 1 where a type is under its bar. Without PATH: corpus.",
    kOptions,
    {{"tearsheet score --calibration --type company", "how often companies of each confidence are right"},
     {"tearsheet score --show missed,extra --type money corpus/wire", "what money rules get wrong in one set"}}};

struct Below {
  std::string type, measure;
  double got = 0, bar = 0;
};

std::vector<Below> below_bar(const Scores& scores, const std::map<std::string, Bar>& bars) {
  std::vector<Below> out;
  for (const auto& [type, bar] : bars) {
    const auto found = scores.types.find(type);
    const Tally tally = found == scores.types.end() ? Tally() : found->second;
    const auto check = [&, &type = type](std::string_view measure, std::uint64_t right, double least) {
      // Figures are told with one decimal, and compared as they are told.
      if (tally.f1(right) + 0.05 < least) out.push_back({type, std::string(measure), tally.f1(right), least});
    };
    check("strict", tally.strict, bar.strict);
    check("overlap", tally.overlap, bar.overlap);
    check("value", tally.value, bar.value);
  }
  return out;
}

std::string table(const Scores& scores) {
  std::string out = fmt::format("{:14}{:>6}{:>7}   {:>22}   {:>22}   {:>22}\n", "", "gold", "found", "strict P / R / F1",
                                "overlap P / R / F1", "value P / R / F1");
  for (const auto& [type, tally] : scores.types) {
    out += fmt::format("{:14}{:6}{:7}", type, tally.gold, tally.found);
    for (const std::uint64_t right : {tally.strict, tally.overlap, tally.value}) {
      out += fmt::format("   {:>22}",
                         fmt::format("{:.1f} / {:.1f} / {:.1f}", tally.precision(right), tally.recall(right), tally.f1(right)));
    }
    out += "\n";
  }
  out +=
      fmt::format("traps {}/{}  uses {}/{}  article fields {}/{}  in {} cases, {} documents\n", scores.traps_kept, scores.traps,
                  scores.uses_right, scores.uses, scores.facts_right, scores.facts, scores.cases, scores.documents);
  return out;
}

constexpr std::string_view kBins[] = {"0.5-0.6", "0.6-0.7", "0.7-0.8", "0.8-0.9", "0.9-1.0"};

bool is_asked(const std::vector<std::string>& types, const std::string& type) {
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

/// Right of found in each bin, a line for each type and below it one for each of its rules.
std::string calibration_table(const Scores& scores, const std::vector<std::string>& types) {
  std::string out = fmt::format("\nright of found, by confidence\n{:34}", "");
  for (const std::string_view bin : kBins) out += fmt::format("{:>20}", bin);
  out += "\n";
  for (const auto& [type, rules] : scores.calibration) {
    if (!is_asked(types, type)) continue;
    for (const auto& [rule, bins] : rules) {
      std::string line = fmt::format("{:34}", rule.empty() ? type : "  " + rule);
      for (const Bin& bin : bins)
        line +=
            fmt::format("{:>20}", bin.found == 0 ? "-" : fmt::format("{} of {} {:.1f} %", bin.right, bin.found, bin.percent()));
      out += line + "\n";
    }
  }
  return out;
}

std::string bins_json(const Calibration& calibration) {
  std::string out = "[";
  for (std::size_t i = 0; i < calibration.size(); ++i)
    out += fmt::format("{}{{\"confidence\":\"{}\",\"found\":{},\"right\":{}}}", i == 0 ? "" : ",", kBins[i], calibration[i].found,
                       calibration[i].right);
  return out + "]";
}

/// {"money":{"all":[bins],"rules":{"money.sign":[bins]}}}
std::string calibration_json(const Scores& scores, const std::vector<std::string>& types) {
  std::string out = "{";
  for (const auto& [type, rules] : scores.calibration) {
    if (!is_asked(types, type)) continue;
    out += out.size() > 1 ? "," : "";
    json::append_string(out, type);
    std::string each;
    for (const auto& [rule, bins] : rules) {
      if (rule.empty()) continue;
      each += each.empty() ? "" : ",";
      json::append_string(each, rule);
      each += ":" + bins_json(bins);
    }
    out += ":{\"all\":" + bins_json(rules.at("")) + ",\"rules\":{" + each + "}}";
  }
  return out + "}";
}

std::string as_json(const Scores& scores, const std::string& calibration) {
  std::string out = "{\"types\":{";
  bool first = true;
  for (const auto& [type, t] : scores.types) {
    out += first ? "" : ",";
    first = false;
    json::append_string(out, type);
    out += fmt::format(
        ":{{\"gold\":{},\"found\":{},\"strict\":{},\"overlap\":{},\"value\":{},\"strict_f1\":{:.2f},\"overlap_f1\":{:.2f},"
        "\"value_f1\":{:.2f}}}",
        t.gold, t.found, t.strict, t.overlap, t.value, t.f1(t.strict), t.f1(t.overlap), t.f1(t.value));
  }
  return out + fmt::format(
                   "}},\"traps\":{},\"traps_kept\":{},\"uses\":{},\"uses_right\":{},\"article_fields\":{},\"article_fields_"
                   "right\":{},\"cases\":{},\"documents\":{}{}}}\n",
                   scores.traps, scores.traps_kept, scores.uses, scores.uses_right, scores.facts, scores.facts_right,
                   scores.cases, scores.documents, calibration.empty() ? "" : ",\"calibration\":" + calibration);
}

std::string differences(const Scores& scores, const Arguments& arguments) {
  const auto kinds = arguments.list("show"), types = arguments.list("type");
  const auto has = [](const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  std::string out;
  for (const Difference& difference : scores.differences) {
    if (!has(kinds, "all") && !has(kinds, difference.kind)) continue;
    if (!is_asked(types, difference.type)) continue;
    out += fmt::format("{:10} {:12} {:32} {}\n", difference.kind, difference.type, difference.where, visible(difference.what));
  }
  return out;
}

/// The bar to hold: --bar, else bar.yaml of a scored folder; none for single files.
std::string bar_file(const Arguments& arguments, const std::vector<std::string>& paths) {
  if (arguments.has("bar")) return arguments.text("bar");
  for (const std::string& path : paths) {
    const auto file = std::filesystem::path(path) / "bar.yaml";
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file.string();
  }
  return {};
}

int judge_bar(const Scores& scores, const std::string& file) {
  if (file.empty()) return kAllRead;
  const auto bars = read_bar(file);
  if (!bars) {
    say(bars.error());
    return kMisuse;
  }
  const auto below = below_bar(scores, *bars);
  for (const Below& one : below)
    say(fmt::format("under the bar: {} {} F1 {:.1f}, asked {:.1f} by {}", one.type, one.measure, one.got, one.bar, file));
  return below.empty() ? kAllRead : kSomeFailed;
}

std::optional<std::vector<GoldCase>> all_cases(const std::vector<std::string>& paths, const GoldNames& names) {
  std::vector<GoldCase> cases;
  bool good = true;
  for (const std::string& path : paths) {
    auto some = read_cases(path, names);
    if (some) {
      std::move(some->begin(), some->end(), std::back_inserter(cases));
      continue;
    }
    good = false;
    for (const Error& error : some.error()) say(error);
  }
  if (!good) return std::nullopt;
  return cases;
}

}  // namespace

const Usage& score_usage() { return kUsage; }

int score(const Arguments& arguments) {
  const auto paths = arguments.paths().empty() ? std::vector<std::string>{"corpus"} : arguments.paths();
  Options options;
  options.rules = arguments.all("rules");
  const auto engine = open_engine(std::move(options));
  if (!engine) return kMisuse;
  const auto cases = all_cases(paths, GoldNames{engine->types(), engine->fields()});
  if (!cases) return kMisuse;
  const auto scores = score_cases(*engine, *cases);
  if (!scores) {
    say(scores.error());
    return kMisuse;
  }
  const bool calibrated = arguments.has("calibration");
  const auto types = arguments.list("type");
  if (arguments.has("json"))
    print(as_json(*scores, calibrated ? calibration_json(*scores, types) : std::string()));
  else
    print(differences(*scores, arguments) + table(*scores) + (calibrated ? calibration_table(*scores, types) : std::string()));
  return judge_bar(*scores, bar_file(arguments, paths));
}

}  // namespace tearsheet::cli
