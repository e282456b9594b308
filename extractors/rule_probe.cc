// Rule probe: every pattern timed alone over a text that is hard for patterns.
#include "extractors/rule_probe.h"

#include <algorithm>

#include "extractors/gate.h"
#include "extractors/pattern.h"

namespace tearsheet {
namespace {

constexpr std::size_t kProbeBytes = 32 << 10;
constexpr int kRuns = 3;

// Invented. Each line is hard in its own way: many capitals, many numbers, many signs, no end.
constexpr std::string_view kLines[] = {
    "The Ministry of Trade and Industry said on Friday that Harbour Steel, Northern Light Holdings and Vega Foods Group would receive up to $322 million over five years.",
    "Q1 Q2 Q3 Q4 H1 H2 2019 2020 2021 2022 2023 12.5 13.75 1,204 98,112.40 7/8 3-4 15% 0.4 pct 1.2bn 44m 9k 07:30 18:45 1-800-555-0100 A320 B737 N95 G7 G20 5G 4K",
    "Ann Lee, Bo Chen, Carla Diaz, Dev Patel, Eva Novak, Finn Olsen, Gita Rao, Hugo Stein, Ines Costa, Jan Kowal, Kim Min-jun, Lars Berg, Mia Rossi, Noor Aziz, Olga Petrova and Per Lund were there.",
    "He said he had said that she said that they had said it was said to be said so often that nobody who said it knew what was being said when it was said by those who said it.",
    "see https://wire.example/a/b/c?x=1&y=2&z=$300#part-4 and mail press@wire.example or call; id 0f3a9c77e1b2d4f6a8c0e2f4a6b8d0c2 v2.10.3-rc.1 build 20230106T171700Z",
    "AAAAAAAA BBBBBBBB CCCCCCCC DDDDDDDD EEEEEEEE FFFFFFFF GGGGGGGG HHHHHHHH IIIIIIII JJJJJJJJ KKKKKKKK LLLLLLLL MMMMMMMM NNNNNNNN OOOOOOOO PPPPPPPP",
    "($1) ($2) ($3) [€4] [£5] {¥6} <7> \"8\" '9' -10- +11+ *12* /13/ =14= ~15~ ^16^ |17| 18; 19: 20, 21. 22! 23? $24.25 €26,27 £28'29 ¥30 000",
    "Shares of the maker of memory chips rose 3.4 percent to 61.20 dollars on Tuesday, their highest since March 2021, after it forecast sales of between 7 and 9 billion dollars for the quarter to June.",
    "1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111",
    "nineteen hundred and ninety-nine thousand nine hundred ninety nine million and nine, or a dozen dozens of scores of hundreds of thousands of millions of billions, and half of a half of a half",
};

std::uint64_t run(const Pattern& pattern, const std::vector<std::string_view>& lines) {
  std::uint64_t hits = 0;
  Span span;
  for (const std::string_view line : lines) {
    std::uint32_t at = 0;
    const auto size = static_cast<std::uint32_t>(line.size());
    while (at < size && pattern.find_span(line, {at, size}, Pattern::At::anywhere, span)) {
      ++hits;
      at = std::max(span.end, span.begin + 1);
    }
  }
  return hits;
}

/// The lines a pattern has to be run on, given what must stand there.
std::vector<std::string_view> lines_for(const Pattern& pattern, const std::vector<std::string_view>& all) {
  const auto gate = gate_of(pattern.regex(), pattern.slots());
  if (!gate) return all;
  std::vector<std::string_view> out;
  std::vector<std::uint16_t> present;
  for (const std::string_view line : all) {
    present.clear();
    for (const auto& list : gate->any_of) list->present(line, present);
    if (!present.empty()) out.push_back(line);
  }
  return out;
}

}  // namespace

double Speed::mb_per_s() const { return ns == 0 ? 1e6 : static_cast<double>(bytes) * 1e3 / static_cast<double>(ns); }

const std::string& probe_text() {
  static const std::string text = [] {
    std::string out;
    while (out.size() < kProbeBytes) {
      for (const std::string_view line : kLines) out += std::string(line) + '\n';
    }
    return out;
  }();
  return text;
}

std::vector<Speed> probe_rules(const Rulebook& rules, const std::function<std::uint64_t()>& now_ns) {
  const std::string_view text = probe_text();
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  std::vector<Speed> out;
  for (const auto& rule : rules.rules()) {
    if (rule->status == Status::off) continue;
    for (std::uint16_t i = 0; i < rule->patterns.size(); ++i) {
      const Pattern& pattern = *rule->patterns[i];
      const auto mine = lines_for(pattern, lines);
      Speed speed{rule.get(), i, text.size(), UINT64_MAX, 0};
      for (int n = 0; n < kRuns; ++n) {  // the first run builds the automaton
        const std::uint64_t begin = now_ns();
        speed.hits = run(pattern, mine);
        speed.ns = std::min(speed.ns, now_ns() - begin);
      }
      out.push_back(speed);
    }
  }
  return out;
}

}  // namespace tearsheet
