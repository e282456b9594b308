// Rules diff: what a change of rules does to a corpus, before it lands.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/json.h"
#include "cli/revision.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/terminal.h"
#include "pipeline/run_diff.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"corpus", 0, "PATH", "articles to try both on: anything that extract reads", {}, true},
                               {"cases", 0, "PATH", "annotated cases, for the effect on the scores"},
                               {"under", 0, "DIR", "a rule folder that both stand on (the pack that A and B extend)", {}, true},
                               {"records", 0, "", "compare records, too"},
                               {"limit", 0, "N", "at most so many articles"},
                               {"most", 0, "N", "changes told one by one; default 50, 0 is all"},
                               {"jobs", 'j', "N", "worker threads; default all cores"},
                               {"as", 0, "KIND", "text, one JSON object a line, or a Markdown report for a pull request", "text,json,markdown"},
                               {"json", 0, "", "the same as --as json"}};
constexpr Usage kUsage = {
    "[A] [B]",
    "Compares two sets of rules over a corpus: spans and values added, lost and changed, the effect on annotated cases, and what the changed patterns cost. A and B are rule folders or git revisions "
    "of the rules in use; default: HEAD against the working tree. Exit 0: nothing changed, 1: something did.",
    kOptions,
    {{"tearsheet rules diff --corpus articles/ --cases corpus", "what your uncommitted edits do"}, {"tearsheet rules diff main HEAD --corpus articles.jsonl --as markdown", "a report for a pull request"}}};

constexpr std::string_view kKindNames[] = {"added", "lost", "changed"};

std::size_t number_of(const Arguments& arguments, std::string_view name, std::size_t otherwise) {
  return arguments.has(name) ? std::strtoull(arguments.text(name).c_str(), nullptr, 10) : otherwise;
}

/// A side of the comparison: where its files are.
struct Side {
  std::string name, folder;
};

Result<Side> side_of(const std::string& said, const std::string& in_use, const std::string& scratch) {
  std::error_code ignored;
  if (std::filesystem::is_directory(said, ignored)) return Side{said, said};
  auto copy = checkout(in_use, said, scratch);
  if (!copy) return tl::unexpected(copy.error());
  return Side{said, *copy};
}

struct Effect {
  std::string type;
  double before = 0, after = 0;
};

/// F1 by type, value level, where it is not the same.
std::vector<Effect> effects(const Scores& before, const Scores& after) {
  std::vector<Effect> out;
  for (const auto& [type, tally] : after.types) {
    const auto old = before.types.find(type);
    const double was = old == before.types.end() ? 0 : old->second.f1(old->second.value), is = tally.f1(tally.value);
    if (was < is - 0.005 || was > is + 0.005) out.push_back({type, was, is});
  }
  return out;
}

struct Report {
  Side a, b;
  RuleSetDiff diff;
  bool scored = false;
  std::vector<Effect> effects;
  std::size_t most = 50;
  double cost_before = 0, cost_after = 0;  // ns a byte
};

std::map<std::string, std::array<std::size_t, 3>> counts_of(const RuleSetDiff& diff) {
  std::map<std::string, std::array<std::size_t, 3>> counts;
  for (const SpanChange& change : diff.changes) ++counts[change.type + " " + (change.rule_after.empty() ? change.rule_before : change.rule_after)][static_cast<std::size_t>(change.kind)];
  return counts;
}

std::string list_of(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out.empty() ? "nothing" : out;
}

std::string headline(const Report& report) {
  std::array<std::size_t, 3> all{};
  for (const SpanChange& change : report.diff.changes) ++all[static_cast<std::size_t>(change.kind)];
  return fmt::format("{} added, {} lost, {} changed in {} ({}; {} read by both)", all[0], all[1], all[2], counted(report.diff.corpus.read, "article"), bytes_text(report.diff.corpus.bytes),
                     count_text(report.diff.looked_at));
}

std::string cost_line(const Report& report) {
  if (report.diff.text_bytes == 0) return {};
  return fmt::format("{}: {:.2f} -> {:.2f} ns a byte", report.diff.whole ? "all rules" : "changed patterns", report.cost_before, report.cost_after);
}

std::string as_text(const Report& report) {
  const RuleSetDiff& diff = report.diff;
  std::string out = fmt::format("{} -> {}\nrules that say something else: {}\n", report.a.name, report.b.name, list_of(diff.changed));
  if (!diff.other.empty()) out += "other files that differ: " + list_of(diff.other) + "\n";
  out += "\n";
  std::size_t told = 0;
  for (const SpanChange& change : diff.changes) {
    if (report.most > 0 && ++told > report.most) break;
    const char sign = "+-~"[static_cast<std::size_t>(change.kind)];
    out += fmt::format("{} {} [{},{}] {} \"{}\"  {}\n", sign, visible(change.where), change.span.begin, change.span.end, change.type, visible(change.text), visible(change.context));
    if (!change.before.empty()) out += fmt::format("    was {}{}\n", visible(change.before), change.rule_before.empty() ? "" : "  by " + change.rule_before);
    if (!change.after.empty()) out += fmt::format("    is  {}{}\n", visible(change.after), change.rule_after.empty() ? "" : "  by " + change.rule_after);
  }
  if (report.most > 0 && diff.changes.size() > report.most) out += fmt::format("... and {} more; --most 0 tells all\n", diff.changes.size() - report.most);
  if (!diff.changes.empty()) out += "\n";
  for (const auto& [rule, count] : counts_of(diff)) out += fmt::format("{:44} +{} -{} ~{}\n", rule, count[0], count[1], count[2]);
  out += headline(report) + "\n";
  for (const Effect& effect : report.effects) out += fmt::format("{:14} F1 of values {:.2f} -> {:.2f} ({:+.2f})\n", effect.type, effect.before, effect.after, effect.after - effect.before);
  if (report.scored && report.effects.empty()) out += "annotated cases: no change\n";
  const std::string cost = cost_line(report);
  return cost.empty() ? out : out + cost + "\n";
}

/// A cell of a Markdown table: text from articles must not become markup.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : visible(std::string(text))) {
    if (std::string_view("|`*_<>[]\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string as_markdown(const Report& report) {
  const RuleSetDiff& diff = report.diff;
  std::string out = fmt::format("### Rules: {} → {}\n\n**{}**\n\nChanged: {}{}\n", cell(report.a.name), cell(report.b.name), headline(report), cell(list_of(diff.changed)),
                                diff.other.empty() ? "" : "; other files: " + cell(list_of(diff.other)));
  if (!report.effects.empty()) {
    out += "\n| type | F1 of values before | after | |\n|---|---|---|---|\n";
    for (const Effect& effect : report.effects) out += fmt::format("| {} | {:.2f} | {:.2f} | {:+.2f} |\n", effect.type, effect.before, effect.after, effect.after - effect.before);
  } else if (report.scored) {
    out += "\nAnnotated cases: no change.\n";
  }
  if (const std::string cost = cost_line(report); !cost.empty()) out += "\nCost, " + cost + ".\n";
  if (diff.changes.empty()) return out;
  out += "\n| | article | type | words | before | after | rule |\n|---|---|---|---|---|---|---|\n";
  std::size_t told = 0;
  for (const SpanChange& change : diff.changes) {
    if (report.most > 0 && ++told > report.most) break;
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", kKindNames[static_cast<std::size_t>(change.kind)], cell(change.where), change.type, cell(change.text), cell(change.before), cell(change.after),
                       cell(change.rule_after.empty() ? change.rule_before : change.rule_after));
  }
  if (report.most > 0 && diff.changes.size() > report.most) out += fmt::format("\nand {} more\n", diff.changes.size() - report.most);
  return out;
}

std::string as_json(const Report& report) {
  std::string out;
  for (const SpanChange& change : report.diff.changes) {
    out += fmt::format("{{\"change\":\"{}\",\"span\":[{},{}]", kKindNames[static_cast<std::size_t>(change.kind)], change.span.begin, change.span.end);
    const std::pair<std::string_view, std::string_view> members[] = {{"article", change.where}, {"type", change.type},           {"text", change.text},      {"before", change.before},
                                                                     {"after", change.after},   {"rule_before", change.rule_before}, {"rule_after", change.rule_after}, {"context", change.context}};
    for (const auto& [name, value] : members) {
      out += ",\"" + std::string(name) + "\":";
      json::append_string(out, value);
    }
    out += "}\n";
  }
  out += "{\"summary\":true,\"changed_rules\":[";
  for (const std::string& id : report.diff.changed) {
    out += out.back() == '[' ? "" : ",";
    json::append_string(out, id);
  }
  out += fmt::format("],\"articles\":{},\"bytes\":{},\"read_by_both\":{},\"ns_per_byte_before\":{:.3f},\"ns_per_byte_after\":{:.3f},\"scores\":{{", report.diff.corpus.read, report.diff.corpus.bytes,
                     report.diff.looked_at, report.cost_before, report.cost_after);
  for (const Effect& effect : report.effects) {
    out += out.back() == '{' ? "" : ",";
    json::append_string(out, effect.type);
    out += fmt::format(":[{:.2f},{:.2f}]", effect.before, effect.after);
  }
  return out + "}}\n";
}

bool score(const std::vector<std::string>& a, const std::vector<std::string>& b, const std::string& cases, Report& report) {
  if (cases.empty()) return true;
  const auto before = measure_cases(a, {cases}), after = measure_cases(b, {cases});
  for (const auto* side : {&before, &after}) {
    if (*side) continue;
    for (const Error& error : side->error()) say(error);
    return false;
  }
  report.scored = true;
  report.effects = effects(before->all, after->all);
  return true;
}

std::vector<std::string> over(const std::vector<std::string>& under, const std::string& folder) {
  std::vector<std::string> out = under;
  out.push_back(folder);
  return out;
}

int tell(const Report& report, const std::string& kind) {
  print(kind == "json" ? as_json(report) : kind == "markdown" ? as_markdown(report) : as_text(report));
  return report.diff.changes.empty() && report.effects.empty() ? kAllRead : kSomeFailed;
}

}  // namespace

const Usage& rules_diff_usage() { return kUsage; }

int rules_diff(const Arguments& arguments) {
  if (arguments.paths().size() > 2) return misuse(Error{"U004", "at most two sets of rules", {}, "as in: tearsheet rules diff HEAD~1 HEAD --corpus articles/", {}});
  const auto folders = folders_of(arguments);
  if (!folders) return misuse(folders.error());
  const std::string in_use = folders->back();
  auto scratch_a = ScratchFolder::make(), scratch_b = ScratchFolder::make();
  if (!scratch_a || !scratch_b) return misuse(scratch_a ? scratch_b.error() : scratch_a.error());
  const auto a = side_of(arguments.paths().empty() ? "HEAD" : arguments.paths()[0], in_use, scratch_a->path());
  if (!a) return misuse(a.error());
  const auto b = arguments.paths().size() < 2 ? Result<Side>(Side{"the working tree", in_use}) : side_of(arguments.paths()[1], in_use, scratch_b->path());
  if (!b) return misuse(b.error());

  std::vector<std::string> under = arguments.all("under");
  if (under.empty()) under.assign(folders->begin(), folders->end() - 1);
  const auto before = load_told(over(under, a->folder)), after = load_told(over(under, b->folder));
  if (!before || !after) return kMisuse;
  Report report;
  report.a = *a;
  report.b = *b;
  report.most = number_of(arguments, "most", 50);
  report.diff = compare_rules(*before, *after);
  if (arguments.has("corpus")) {
    Inputs corpus;
    corpus.paths = arguments.all("corpus");
    CorpusOptions options;
    options.jobs = static_cast<unsigned>(number_of(arguments, "jobs", 0));
    options.limit = number_of(arguments, "limit", 0);
    auto diff = diff_rules(*before, *after, corpus, options, arguments.has("records"), thread_ns);
    if (!diff) return misuse(diff.error());
    report.diff = std::move(*diff);
    const double bytes = std::max<double>(1, static_cast<double>(report.diff.text_bytes));
    report.cost_before = static_cast<double>(report.diff.ns_before) / bytes;
    report.cost_after = static_cast<double>(report.diff.ns_after) / bytes;
  }
  if (!score(over(under, a->folder), over(under, b->folder), arguments.text("cases"), report)) return kMisuse;
  return tell(report, arguments.has("json") ? "json" : arguments.text("as"));
}

}  // namespace tearsheet::cli
