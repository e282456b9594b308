// Rules stats and profile: what each rule finds, wins, loses and costs over a corpus.
#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/terminal.h"
#include "pipeline/run_stats.h"

namespace tearsheet::cli {

namespace {

constexpr Option kStatsOptions[] = {{"rule", 0, "ID", "only rules whose id begins so", {}, true},
                                    {"dead", 0, "", "only rules that keep nothing here; exit 1 where there are some"},
                                    {"limit", 0, "N", "at most so many articles"},
                                    {"jobs", 'j', "N", "worker threads; default all cores"},
                                    {"json", 0, "", "one JSON object a rule"}};
constexpr Usage kStatsUsage = {"PATH...",
                               "Reads a corpus and tells for each rule its hits, how many were kept, how many of those only this rule saw, how many shared text with another rule's hit, what it lost "
                               "and won against which rule, and what stopped the rest. Rules that keep nothing are listed as dead here.",
                               kStatsOptions,
                               {{"tearsheet rules stats articles/", "all rules"}, {"tearsheet rules stats corpus --rule money --json", "the rules of money, for a program"}}};

constexpr Option kProfileOptions[] = {{"rule", 0, "ID", "only rules whose id begins so", {}, true},
                                      {"budget", 0, "NS", "most that one rule may cost, in ns a byte of text; exit 1 where one costs more"},
                                      {"limit", 0, "N", "at most so many articles"},
                                      {"jobs", 'j', "N", "worker threads; default 1, for steady times"},
                                      {"json", 0, "", "one JSON object a rule"}};
constexpr Usage kProfileUsage = {"PATH...",
                                 "Times every rule's patterns alone over a corpus, on the lines where they have to be tried: share of the time, ns a byte, checks (lines tried) and hits for each MB of "
                                 "text, ns a check. The engine shares work between rules, so the sum is more than a run takes; the order is what counts.",
                                 kProfileOptions,
                                 {{"tearsheet rules profile articles/", "the dearest rules first"}, {"tearsheet rules profile corpus --budget 40", "for CI: no rule over 40 ns a byte"}}};

std::string counts_text(const std::map<std::string, std::uint64_t>& counts) {
  std::string out;
  for (const auto& [name, count] : counts) out += (out.empty() ? "" : ", ") + name + " " + std::to_string(count);
  return out;
}

std::string counts_json(const std::map<std::string, std::uint64_t>& counts) {
  std::string out = "{";
  for (const auto& [name, count] : counts) {
    out += out.size() > 1 ? "," : "";
    json::append_string(out, name);
    out += ":" + std::to_string(count);
  }
  return out + "}";
}

std::string stats_text(const std::string& id, const RuleStats& stats) {
  std::string out = fmt::format("{:32}{:8}{:8}{:8}{:10}\n", id, stats.hits, stats.kept, stats.alone, stats.overlaps);
  const std::pair<std::string_view, const std::map<std::string, std::uint64_t>*> rows[] = {{"stopped by", &stats.stopped}, {"lost to", &stats.lost_to}, {"won from", &stats.won_from}};
  for (const auto& [name, counts] : rows) {
    if (!counts->empty()) out += fmt::format("    {} {}\n", name, counts_text(*counts));
  }
  return out;
}

std::string stats_json(const std::string& id, const RuleStats& stats) {
  std::string out = "{\"rule\":";
  json::append_string(out, id);
  return out + fmt::format(",\"hits\":{},\"kept\":{},\"alone\":{},\"overlaps\":{},\"stopped\":{},\"lost_to\":{},\"won_from\":{}}}\n", stats.hits, stats.kept, stats.alone, stats.overlaps,
                           counts_json(stats.stopped), counts_json(stats.lost_to), counts_json(stats.won_from));
}

struct Asked {
  RuleSet rules;
  Inputs corpus;
  CorpusOptions options;
};

std::optional<Asked> asked_of(const Arguments& arguments, unsigned jobs) {
  if (arguments.paths().empty()) {
    say(Error{"U004", "no articles named", {}, "name files or folders, as extract takes them", {}});
    return std::nullopt;
  }
  auto rules = load_told(arguments);
  if (!rules || !all_known(*rules->book, arguments.all("rule"))) return std::nullopt;
  Asked out{std::move(*rules), {}, {}};
  out.corpus.paths = arguments.paths();
  out.options.jobs = arguments.has("jobs") ? static_cast<unsigned>(std::strtoul(arguments.text("jobs").c_str(), nullptr, 10)) : jobs;
  out.options.limit = std::strtoull(arguments.text("limit").c_str(), nullptr, 10);
  return out;
}

}  // namespace

const Usage& rules_stats_usage() { return kStatsUsage; }
const Usage& rules_profile_usage() { return kProfileUsage; }

int rules_stats(const Arguments& arguments) {
  const auto asked = asked_of(arguments, 0);
  if (!asked) return kMisuse;
  const auto stats = stats_of(asked->rules, asked->corpus, asked->options);
  if (!stats) return misuse(stats.error());
  const bool json = arguments.has("json"), only_dead = arguments.has("dead");
  std::string out, dead;
  std::size_t deaths = 0;
  for (const auto& [id, rule] : stats->rules) {
    const Rule* known = asked->rules.book->find(id);
    if (known == nullptr || !is_wanted(*known, arguments.all("rule"))) continue;
    if (rule.kept == 0) {
      dead += (dead.empty() ? "" : ", ") + id;
      ++deaths;
    }
    if (!only_dead || rule.kept == 0) out += json ? stats_json(id, rule) : stats_text(id, rule);
  }
  if (!json) {
    out = fmt::format("{:32}{:>8}{:>8}{:>8}{:>10}\n", "", "hits", "kept", "alone", "overlaps") + out;
    out += fmt::format("{}, {}; keep nothing here: {}\n", counted(stats->corpus.read, "article"), bytes_text(stats->corpus.bytes), dead.empty() ? "none" : dead);
  }
  print(out);
  return only_dead && deaths > 0 ? kSomeFailed : kAllRead;
}

int rules_profile(const Arguments& arguments) {
  const auto budget = Decimal::parse(arguments.text("budget"));
  if (arguments.has("budget") && !budget) return misuse(Error{"U002", "--budget cannot be '" + arguments.text("budget") + "'", {}, "ns a byte of text, as 40 or 2.5", {}});
  const auto asked = asked_of(arguments, 1);
  if (!asked) return kMisuse;
  const auto cost = cost_of(asked->rules, asked->corpus, asked->options, thread_ns);
  if (!cost) return misuse(cost.error());
  std::vector<std::pair<std::string, RuleCost>> rows;
  std::uint64_t total_ns = 0;
  for (const auto& [id, one] : cost->rules) {
    total_ns += one.ns;
    if (is_wanted(*asked->rules.book->find(id), arguments.all("rule"))) rows.emplace_back(id, one);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second.ns > b.second.ns; });
  const double bytes = std::max<double>(1, static_cast<double>(cost->text_bytes)), mb = bytes / 1e6;
  const bool json = arguments.has("json");
  std::string out = json ? "" : fmt::format("{:32}{:>8}{:>12}{:>12}{:>10}{:>12}\n", "", "share", "ns a byte", "checks/MB", "hits/MB", "ns a check");
  std::vector<std::string> over;
  for (const auto& [id, one] : rows) {
    const double share = total_ns == 0 ? 0 : 100.0 * static_cast<double>(one.ns) / static_cast<double>(total_ns), a_byte = static_cast<double>(one.ns) / bytes;
    const double checks = static_cast<double>(one.checks) / mb, hits = static_cast<double>(one.matches) / mb;
    const double a_check = one.checks == 0 ? 0 : static_cast<double>(one.ns) / static_cast<double>(one.checks);
    if (json) {
      out += "{\"rule\":";
      json::append_string(out, id);
      out += fmt::format(",\"share\":{:.2f},\"ns_per_byte\":{:.3f},\"checks_per_mb\":{:.0f},\"hits_per_mb\":{:.1f},\"ns_per_check\":{:.0f}}}\n", share, a_byte, checks, hits, a_check);
    } else {
      out += fmt::format("{:32}{:7.1f}%{:12.2f}{:12.0f}{:10.1f}{:12.0f}\n", id, share, a_byte, checks, hits, a_check);
    }
    if (budget && a_byte > budget->approximate()) over.push_back(fmt::format("{} costs {:.2f} ns a byte, the budget is {}", id, a_byte, arguments.text("budget")));
  }
  print(out);
  for (const std::string& one : over) say("over the budget: " + one);
  return over.empty() ? kAllRead : kSomeFailed;
}

}  // namespace tearsheet::cli
