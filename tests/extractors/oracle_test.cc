// The fast path against the plain one, hit for hit. TEARSHEET_ORACLE_MB says how much generated text (`./dev oracle` runs 20 MB).
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/utf8.h"
#include "extractors/matcher.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
namespace fs = std::filesystem;

namespace {

/// SplitMix64: the same text in every run.
class Dice {
 public:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_ = 20;
};

std::vector<std::string> corpus_texts() {
  std::vector<std::string> out;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(TEARSHEET_SOURCE_DIR "/corpus")) {
    if (entry.is_regular_file() && entry.path().extension() != ".yaml" && entry.path().extension() != ".gz" && entry.path().extension() != ".zst") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    if (utf8::is_valid(text.str())) out.push_back(text.str());
  }
  return out;
}

/// Every example, reject and todo of every rule: text in which each rule has hits and near misses.
std::vector<std::string> pieces(const Rulebook& book) {
  std::vector<std::string> out;
  for (const auto& rule : book.rules()) {
    for (const auto* list : {&rule->examples, &rule->rejects, &rule->todo}) {
      for (const Example& example : *list) out.push_back(example.text);
    }
  }
  return out;
}

/// A line of pieces, glued with and without blanks, its digits changed, its case flipped here and there, rare signs strewn in.
std::string make_line(const std::vector<std::string>& all, Dice& dice) {
  constexpr std::string_view kGlue[] = {" ", " ", " ", ". ", ", ", "", "-", "\u00A0", "  ", " (", ") ", "’s ", " \u2013 ", "/", "\t", "…", "é", "x", "7"};
  constexpr std::string_view kRare[] = {"\u212A", "\u017F", "\u2019", "'", "\u2011", "\u202F", "ß", "Ü", "日本", "\u00BD", "$", "€", "%", "5", ",", "."};
  std::string line;
  const std::size_t count = dice.one_in(40) ? 300 : 1 + dice.below(6);
  for (std::size_t i = 0; i < count; ++i) {
    std::string piece = all[dice.below(all.size())];
    for (std::size_t k = 0; k < piece.size(); ++k) {
      if (piece[k] >= '0' && piece[k] <= '9' && dice.one_in(2)) piece[k] = static_cast<char>('0' + dice.below(10));
      const bool letter = (piece[k] >= 'a' && piece[k] <= 'z') || (piece[k] >= 'A' && piece[k] <= 'Z');
      if (letter && dice.one_in(60)) piece[k] = static_cast<char>(piece[k] ^ 0x20);
    }
    if (dice.one_in(4)) {
      const std::size_t at = utf8::floor_boundary(piece, dice.below(piece.size() + 1));
      piece.insert(at, kRare[dice.below(std::size(kRare))]);
    }
    line += piece;
    line += kGlue[dice.below(std::size(kGlue))];
  }
  return line;
}

class Oracle {
 public:
  explicit Oracle(const Rulebook& book) : fast_(Matcher::build(book).value()), plain_(Matcher::build(book, Matching::plain).value()) {}

  void compare(const std::string& text) {
    Article article;
    article.text = text;
    Block block;
    block.span = {0, static_cast<std::uint32_t>(text.size())};
    article.blocks = {block};
    const Document document = prepare(article);
    const auto got = fast_.find(document), want = plain_.find(document);
    for (const Hit& hit : want) ++hits_[hit.rule->id];
    bytes_ += text.size();
    const bool same = std::equal(got.begin(), got.end(), want.begin(), want.end(), [](const Hit& a, const Hit& b) {
      return a.rule == b.rule && a.span == b.span && a.pattern == b.pattern && a.groups == b.groups && a.surface == b.surface;
    });
    if (!same && ++wrong_ < 5) MESSAGE(said(got, want, text));
  }

  std::size_t wrong() const { return wrong_; }
  std::size_t bytes() const { return bytes_; }
  const std::map<std::string, std::size_t>& hits() const { return hits_; }
  const Matcher& fast() const { return fast_; }

 private:
  static std::string line_of(const Hit& hit, std::string_view text) {
    std::string out = hit.rule->id + "[" + std::to_string(hit.pattern) + "] at " + std::to_string(hit.span.begin) + ": " + std::string(hit.span.of(text));
    for (const auto& group : hit.groups) out += group ? " | " + std::string(group->of(text)) : std::string(" | -");
    return out + "\n";
  }
  static std::string said(const std::vector<Hit>& got, const std::vector<Hit>& want, std::string_view text) {
    std::vector<std::string> a, b, only;
    for (const Hit& hit : got) a.push_back(line_of(hit, text));
    for (const Hit& hit : want) b.push_back(line_of(hit, text));
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::string out = "only fast:\n";
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
    for (const std::string& line : only) out += line;
    only.clear();
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(only));
    out += "only plain:\n";
    for (const std::string& line : only) out += line;
    return out;
  }

  Matcher fast_, plain_;
  std::size_t wrong_ = 0, bytes_ = 0;
  std::map<std::string, std::size_t> hits_;
};

double megabytes() {
  const char* said = std::getenv("TEARSHEET_ORACLE_MB");
  return said == nullptr ? 0.1 : std::strtod(said, nullptr);
}

}  // namespace

TEST_CASE("oracle: both paths give the same hits on the corpus and on generated text") {
  const auto loaded = Rulebook::load({TEARSHEET_SOURCE_DIR "/rules"});
  REQUIRE(loaded.has_value());
  const Rulebook& book = *loaded;
  Oracle oracle(book);
  CHECK(oracle.fast().unplaced().empty());  // no shipped rule runs on every line
  for (const std::string& text : corpus_texts()) oracle.compare(text);
  REQUIRE(oracle.bytes() > 50'000);
  const auto all = pieces(book);
  for (const std::string& text : all) oracle.compare(text);
  Dice dice;
  const auto until = oracle.bytes() + static_cast<std::size_t>(megabytes() * 1e6);
  while (oracle.bytes() < until) {
    std::string text;
    for (std::size_t lines = 1 + dice.below(8); lines > 0; --lines) text += make_line(all, dice) + "\n";
    oracle.compare(text);
  }
  CHECK(oracle.wrong() == 0);
  std::string without;
  for (const auto& rule : book.rules()) {
    if (oracle.hits().count(rule->id) == 0 && rule->status != Status::off) without += rule->id + " ";
  }
  CHECK(without == "");
}
