// Capture: the groups of a match whose place is known, by a pattern cut down to the words that stand in it.
#include "extractors/capture.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "extractors/pattern.h"

namespace tearsheet {
namespace {

constexpr std::string_view kNever = R"([^\x00-\x{10FFFF}])";  // RE2's class of nothing

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string surface_regex(std::string_view surface) {
  std::string out;
  for (std::size_t i = 0; i < surface.size(); ++i) {
    if (surface[i] == ' ') {
      out += R"([\s\x{00A0}]+)";
    } else if (surface[i] == '\'') {
      out += R"(['\x{2019}])";
    } else {
      out += escape_regex(surface.substr(i, 1));
    }
  }
  return out;
}

/// The bytes of a blank at `at`: a run of ASCII blanks and no-break spaces; 0 when there is none.
std::size_t blanks(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size()) {
    if (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')) {
      ++at;
    } else if (text.substr(at, 2) == "\u00A0") {
      at += 2;
    } else {
      break;
    }
  }
  return at - begin;
}

bool stands_at(std::string_view text, std::size_t at, std::string_view surface, bool fold) {
  for (std::size_t i = 0; i < surface.size(); ++i) {
    if (surface[i] == ' ') {
      const std::size_t run = blanks(text, at);
      if (run == 0) return false;
      at += run;
    } else if (at >= text.size()) {
      return false;
    } else if (surface[i] == '\'' && text.substr(at, 3) == "\u2019") {
      at += 3;
    } else if (surface[i] == text[at] || (fold && lower(surface[i]) == lower(text[at]))) {
      ++at;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

Alternatives::Alternatives(const Lexicon& lexicon, std::vector<std::uint32_t> chosen) : fold_(lexicon.how() == Fold::case_fold), by_first_(256) {
  for (const std::uint32_t index : chosen) surfaces_.push_back(lexicon.surfaces()[index].text);
  std::sort(surfaces_.begin(), surfaces_.end(), [](const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  std::vector<std::uint16_t> all;
  for (std::uint16_t i = 0; i < surfaces_.size(); ++i) {
    all.push_back(i);
    if ((fold_ && !is_ascii(surfaces_[i])) || surfaces_[i][0] == '\'' || surfaces_[i][0] == ' ') {
      always_.push_back(i);
    } else {
      const char second = surfaces_[i].size() > 1 ? surfaces_[i][1] : ' ';
      const char sure = second == ' ' || second == '\'' ? '\0' : fold_ ? lower(second) : second;
      by_first_[static_cast<unsigned char>(fold_ ? lower(surfaces_[i][0]) : surfaces_[i][0])].push_back({i, sure});
    }
  }
  regex_ = regex_of(all);
  for (const std::string& surface : surfaces_) {
    const bool letters = std::all_of(surface.begin(), surface.end(), [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; });
    weight_ += letters && surface.size() == 1 ? 10'000 : letters && surface.size() == 2 ? 1'000 : letters && surface.size() == 3 ? 30 : 1;
  }
}

std::string Alternatives::regex_of(const std::vector<std::uint16_t>& which) const {
  if (which.empty()) return std::string(kNever);
  std::string out = fold_ ? "(?i:" : "(?:";
  for (std::size_t i = 0; i < which.size(); ++i) out += (i == 0 ? "" : "|") + surface_regex(surfaces_[which[i]]);
  return out + ")";
}

void Alternatives::present(std::string_view text, std::vector<std::uint16_t>& out) const {
  const std::size_t before = out.size();
  out.insert(out.end(), always_.begin(), always_.end());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char first = fold_ ? lower(text[at]) : text[at];
    const auto& starts = by_first_[static_cast<unsigned char>(first)];
    if (starts.empty()) continue;
    const char second = at + 1 == text.size() ? '\n' : fold_ ? lower(text[at + 1]) : text[at + 1];
    for (const Start& start : starts) {
      if ((start.second == 0 || start.second == second) && stands_at(text, at, surfaces_[start.index], fold_)) out.push_back(start.index);
    }
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end());
  out.erase(std::unique(out.begin() + static_cast<std::ptrdiff_t>(before), out.end()), out.end());
}

/// The first slot with the same words as slot `i`.
std::size_t CutDown::first_like(std::size_t i) const {
  std::size_t first = 0;
  while (slots_[first].words != slots_[i].words) ++first;
  return first;
}

std::string CutDown::key(std::string_view text) const {
  std::vector<std::uint16_t> which;
  std::string key;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (first_like(i) != i) continue;
    which.clear();
    slots_[i].words->present(text, which);
    which.push_back(UINT16_MAX);
    key.append(reinterpret_cast<const char*>(which.data()), which.size() * sizeof(std::uint16_t));
  }
  return key;
}

std::string CutDown::regex(const std::string& key) const {
  std::string out;
  std::vector<std::string> words(slots_.size());
  std::size_t at = 0, read = 0;
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    const std::size_t first = first_like(slot);
    if (first == slot) {
      std::vector<std::uint16_t> which;
      for (std::uint16_t i = 0; read < key.size(); which.push_back(i)) {
        std::memcpy(&i, key.data() + read, sizeof i);
        read += sizeof i;
        if (i == UINT16_MAX) break;
      }
      words[slot] = slots_[slot].words->regex_of(which);
    }
    out += regex_.substr(at, slots_[slot].where.begin - at);
    out += words[first];
    at = slots_[slot].where.end;
  }
  out += regex_.substr(at);
  return out;
}

}  // namespace tearsheet
