// Lexicon: a TSV list of words that is alternation, normaliser and trigger at once.
#include "extractors/lexicon.h"

#include <array>
#include <optional>

#include "base/hash.h"
#include "base/lines.h"

namespace tearsheet {
namespace {

tl::unexpected<Error> bad(std::string code, std::string what, std::string_view file, std::uint32_t line, std::string help) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(what), Place{std::string(file), line, 1}, std::move(help), {}});
}

std::vector<std::string_view> split_tabs(std::string_view line) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t', begin)) {
    cells.push_back(line.substr(begin, tab - begin));
    begin = tab + 1;
  }
  cells.push_back(line.substr(begin));
  return cells;
}

/// "dollar|dollars?" to its alternatives; `\?`, `\|`, `\t` and `\\` stand for themselves.
std::vector<Surface> alternatives(std::string_view cell, std::uint32_t row) {
  std::vector<Surface> out;
  Surface now;
  now.row = row;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    const bool last = i + 1 == cell.size();
    if (c == '\\' && !last && std::string_view("?|t\\").find(cell[i + 1]) != std::string_view::npos) {
      now.text += cell[i + 1] == 't' ? '\t' : cell[i + 1];
      ++i;
    } else if (c == '|') {
      out.push_back(std::move(now));
      now = Surface{{}, false, row};
    } else if (c == '?' && (last || cell[i + 1] == '|')) {
      now.ambiguous = true;
    } else {
      now.text += c;
    }
  }
  out.push_back(std::move(now));
  return out;
}

/// lexicon_key() of an ASCII word with single blanks, without an allocation; nothing for other words.
std::optional<std::string_view> plain_key(std::string_view word, Fold how, std::array<char, 64>& buffer) {
  if (word.empty() || word.size() > buffer.size() || word.front() == ' ' || word.back() == ' ') return std::nullopt;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (static_cast<unsigned char>(c) >= 0x7F || c < ' ' || (c == ' ' && word[i - 1] == ' ')) return std::nullopt;
    buffer[i] = how == Fold::case_fold && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return std::string_view(buffer.data(), word.size());
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::string lexicon_key(std::string_view word, Fold how) {
  std::string key = fold(word, how);
  for (std::size_t at = key.find("\u2019"); at != std::string::npos; at = key.find("\u2019", at)) key.replace(at, 3, "'");
  return key;
}

Result<Lexicon> Lexicon::parse(std::string_view text, std::string_view file, Fold how) {
  Lexicon lexicon;
  lexicon.file_ = file;
  lexicon.how_ = how;
  lexicon.hash_ = hash::xxh3(text, how == Fold::none ? 0 : 1);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  std::uint32_t line_number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = next_line(rest);
    ++line_number;
    if (line.empty() || line[0] == '#') continue;
    const auto cells = split_tabs(line);
    if (lexicon.columns_.empty()) {
      if (cells.size() < 2 || cells[0] != "surface" || cells[1] != "value") {
        return bad("L001", "the header must begin with surface<TAB>value", file, line_number, "the first line that is no comment names the columns");
      }
      lexicon.columns_.assign(cells.begin() + 1, cells.end());
      continue;
    }
    if (cells.size() != lexicon.columns_.size() + 1) {
      return bad("L002", "this row has " + std::to_string(cells.size()) + " cells, the header " + std::to_string(lexicon.columns_.size() + 1), file,
                 line_number, "cells are parted by single tabs; an empty cell keeps its tab");
    }
    if (auto added = lexicon.add_row(cells, line_number); !added) return tl::unexpected(added.error());
  }
  if (lexicon.columns_.empty()) return bad("L001", "no header", file, line_number, "the first line that is no comment is surface<TAB>value");
  return lexicon;
}

Result<void> Lexicon::add_row(const std::vector<std::string_view>& cells, std::uint32_t line) {
  const auto row = static_cast<std::uint32_t>(rows_.size());
  if (cells[1].empty()) return bad("L004", "a row without a value", file_, line, "the second cell is what the surface stands for");
  for (Surface& surface : alternatives(cells[0], row)) {
    std::array<char, 64> buffer;
    const auto plain = plain_key(surface.text, how_, buffer);
    const std::string folded = plain ? std::string() : lexicon_key(surface.text, how_);
    const std::string_view key = plain ? *plain : std::string_view(folded);
    if (key.empty()) return bad("L004", "an empty surface", file_, line, "alternatives are parted by single bars: dollar|dollars");
    const auto fresh = static_cast<std::uint32_t>(surfaces_.size());
    const std::uint32_t known = by_key_.add(key, fresh);
    if (known != fresh && !is_spelling(surfaces_[known], surface, cells[1])) {
      return bad("L003", "\"" + surface.text + "\" is said twice", file_, line,
                 how_ == Fold::none ? "it stands in an earlier row" : "it stands in an earlier row; `fold: case` makes upper and lower case one");
    }
    surfaces_.push_back(std::move(surface));
  }
  rows_.emplace_back(cells.begin() + 1, cells.end());
  return {};
}

/// True for another spelling of the same value that only the key makes one: m3 and m³, a straight and a curly apostrophe.
bool Lexicon::is_spelling(const Surface& known, const Surface& surface, std::string_view value) const {
  return rows_.size() > known.row ? rows_[known.row][0] == value && !equals_ignoring_case(known.text, surface.text)
                                  : known.row == surface.row && !equals_ignoring_case(known.text, surface.text);
}

Result<void> Lexicon::merge(const Lexicon& other) {
  const auto first_row = static_cast<std::uint32_t>(rows_.size());
  for (const auto& row : other.rows_) {
    std::vector<std::string> mine(columns_.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
      for (std::size_t k = 0; k < columns_.size(); ++k) {
        if (columns_[k] == other.columns_[c]) mine[k] = row[c];
      }
    }
    rows_.push_back(std::move(mine));
  }
  for (const std::string& column : other.columns_) {
    bool known = false;
    for (const std::string& mine : columns_) known = known || mine == column;
    if (!known) return bad("L005", "the column " + column + " is unknown to " + file_, other.file_, 1, "a file that is added has the columns of the first, or fewer");
  }
  for (Surface surface : other.surfaces_) {
    surface.row += first_row;
    const std::string key = lexicon_key(surface.text, how_);
    const auto fresh = static_cast<std::uint32_t>(surfaces_.size());
    if (const std::uint32_t known = by_key_.add(key, fresh); known != fresh) {
      surfaces_[known] = std::move(surface);
    } else {
      surfaces_.push_back(std::move(surface));
    }
  }
  hash_ = hash_ * 0x9E3779B97F4A7C15ULL + other.hash_;
  return {};
}

const Surface* Lexicon::find(std::string_view word) const {
  std::array<char, 64> buffer;
  const auto plain = plain_key(word, how_, buffer);
  const std::uint32_t at = plain ? by_key_.find(*plain) : by_key_.find(lexicon_key(word, how_));
  return at == KeyTable::kNone ? nullptr : &surfaces_[at];
}

std::string_view Lexicon::cell(const Surface& surface, std::string_view column) const {
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    if (columns_[k] == column) return rows_[surface.row][k];
  }
  return {};
}

}  // namespace tearsheet
