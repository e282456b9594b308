// Marked text for tests: "{company micron|Micron} pays {money 5000000 USD max|$5 million}" as an article with mentions.
#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/article.h"
#include "tearsheet/mention.h"

namespace tearsheet::testing {

struct Marked {
  Article article;
  std::vector<Mention> mentions;
};

inline void add_fields(Mention& mention, std::istringstream& words) {
  std::string word;
  if (mention.type == "money") {
    words >> word;
    set(mention.fields, "amount", Scalar(*Decimal::parse(word)));
    words >> word;
    if (word != "-") set(mention.fields, "currency", Scalar(word));
    set(mention.fields, "modifier", Scalar(words >> word ? word : "exact"));
  } else if (mention.type == "date") {
    words >> word;
    set(mention.fields, "value", Scalar(word));
    set(mention.fields, "grain", Scalar(words >> word ? word : "day"));
  } else if (mention.type == "percent" || mention.type == "node_size") {
    words >> word;
    set(mention.fields, mention.type == "percent" ? "value" : "nm", Scalar(word));
  } else if (words >> word) {
    set(mention.fields, "id", Scalar(word));
    if (words >> word) set(mention.fields, mention.type == "country" ? "form" : "class", Scalar(word));
  }
}

/// Each line of `text` is a block: "#" before it makes it a title, "~" a repeat, ">" boilerplate.
inline Marked marked(std::string_view text) {
  Marked out;
  std::string line;
  std::istringstream lines{std::string(text)};
  while (std::getline(lines, line)) {
    Block block;
    std::size_t at = 0;
    if (!line.empty() && std::string_view("#~>").find(line[0]) != std::string_view::npos) {
      block.use = line[0] == '#' ? Use::title : line[0] == '~' ? Use::repeat : Use::boilerplate;
      at = 1;
    }
    block.span.begin = static_cast<std::uint32_t>(out.article.text.size());
    for (; at < line.size(); ++at) {
      if (line[at] != '{') {
        out.article.text += line[at];
        continue;
      }
      const std::size_t bar = line.find('|', at), end = line.find('}', at);
      Mention mention;
      std::istringstream words(line.substr(at + 1, bar - at - 1));
      words >> mention.type;
      add_fields(mention, words);
      mention.block = static_cast<std::uint32_t>(out.article.blocks.size());
      mention.span.begin = static_cast<std::uint32_t>(out.article.text.size());
      out.article.text += line.substr(bar + 1, end - bar - 1);
      mention.span.end = static_cast<std::uint32_t>(out.article.text.size());
      out.mentions.push_back(std::move(mention));
      at = end;
    }
    block.span.end = static_cast<std::uint32_t>(out.article.text.size());
    out.article.blocks.push_back(block);
    out.article.text += "\n\n";
  }
  return out;
}

}  // namespace tearsheet::testing
