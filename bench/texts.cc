// Texts: distinct news-like articles for the benches, made from corpus/ by a fixed recipe.
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

Texts::Texts(const std::string& corpus) {
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
  if (paragraphs_.size() < 50 || titles_.empty()) throw std::runtime_error("too few texts below " + corpus);
}

std::string Texts::article(std::size_t index) const {
  std::mt19937_64 random(index * 0x9E3779B97F4A7C15ULL + 1);
  std::string text = titles_[random() % titles_.size()] + "\n\n";
  const std::size_t want = 2000 + random() % 800;
  while (text.size() < want) {
    std::string paragraph = paragraphs_[random() % paragraphs_.size()];
    vary(paragraph, random);
    text += paragraph + "\n\n";
  }
  return text;
}

}  // namespace tearsheet::bench
