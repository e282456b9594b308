// Texts: distinct news-like articles for the benches, made from corpus/ and prose.txt by fixed recipes.
#include "bench/texts.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

namespace tearsheet::bench {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Changes digits but a leading one and those of years, so that "$13.2 billion" becomes "$13.7 billion" and stays an amount.
void vary(std::string& text, std::mt19937_64& random) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (!digit(i) || !digit(i - 1)) continue;
    const bool year = i >= 2 && i + 1 < text.size() && (text.compare(i - 1, 2, "19") == 0 || text.compare(i - 1, 2, "20") == 0);
    if (!year && !(i >= 3 && text.compare(i - 2, 2, "20") == 0)) text[i] = static_cast<char>('0' + random() % 10);
  }
}

}  // namespace

Texts::Texts(const std::string& corpus, const std::string& prose) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::istringstream lines(slurp(file));
    std::string line;
    bool first = true;
    while (std::getline(lines, line)) {
      if (line.size() > 120) paragraphs_.push_back(line);
      if (first && line.size() > 20 && line.size() <= 120) titles_.push_back(line);
      first = false;
    }
  }
  std::istringstream sentences(slurp(prose));
  for (std::string sentence; std::getline(sentences, sentence);) sentences_.push_back(sentence);
  if (sentences_.size() < 50 || paragraphs_.size() < 50 || titles_.empty()) throw std::runtime_error("too few texts below " + corpus);
}

/// `plain` paragraphs of prose to each of facts.
std::string Texts::make(std::size_t index, std::size_t plain) const {
  std::mt19937_64 random(index * 0x9E3779B97F4A7C15ULL + 1);
  std::string text = titles_[random() % titles_.size()] + "\n\n";
  const std::size_t want = 2000 + random() % 800;
  for (std::size_t i = 0; text.size() < want; ++i) {
    std::string paragraph;
    if (i % (plain + 1) == 0) {
      paragraph = paragraphs_[random() % paragraphs_.size()];
      vary(paragraph, random);
    } else {
      for (std::size_t left = 2 + random() % 3; left > 0; --left) paragraph += sentences_[random() % sentences_.size()] + (left > 1 ? " " : "");
    }
    text += paragraph + "\n\n";
  }
  return text;
}

std::string Texts::news(std::size_t index) const { return make(index, 4); }
std::string Texts::dense(std::size_t index) const { return make(index, 0); }

}  // namespace tearsheet::bench
