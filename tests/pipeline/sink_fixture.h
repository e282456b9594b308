// A reading with every kind of hostile text, for the tests of the sinks.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tearsheet/engine.h"

namespace tearsheet::test {

inline Mention mention_of(const std::string& text, std::string_view words, std::string type, Fields fields) {
  Mention mention;
  const auto at = text.find(words);
  mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
  mention.type = std::move(type);
  mention.fields = std::move(fields);
  mention.rule = "test.rule@1.0.0#00ff";
  mention.confidence = 0.97;
  return mention;
}

inline Ref ref_of(const std::string& text, std::string_view words, std::uint32_t mention, std::string type, std::string name) {
  Ref ref;
  const auto at = text.find(words);
  ref.text = words;
  ref.span = Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
  ref.mention = mention;
  ref.type = std::move(type);
  ref.name = std::move(name);
  return ref;
}

/// "Zürich: Foo AG pays ¥1.5bn, or $10m, to Bar." with a payment from Foo to Bar; the title holds an escape sequence and markup.
inline Reading payment() {
  Reading reading;
  Article& article = reading.article;
  article.id = std::string(32, 'a');
  article.sha256 = std::string(64, 'b');
  article.origin.path = "a/b.txt";
  article.format = Format::plain;
  article.charset = "utf-8";
  article.text = "Zürich: Foo AG pays ¥1.5bn, or $10m, to Bar.";
  article.bytes = article.text.size();
  article.blocks = {Block{{0, static_cast<std::uint32_t>(article.text.size())}, Kind::paragraph, Use::body, 0, {}, {}}};
  article.meta.title = "=1+1 \x1b[31mred\x1b[0m <b>";
  article.meta.published = Date::parse_iso("2023-01-06T17:17Z");
  const std::string& text = article.text;
  reading.mentions = {
      mention_of(text, "Foo AG", "company", {{"name", "Foo AG"}, {"ticker", "FOO"}}),
      mention_of(text, "¥1.5bn", "money", {{"amount", Decimal(1500000000)}, {"currency", "JPY"}, {"modifier", "exact"}}),
      mention_of(text, "$10m", "money", {{"amount", Decimal(10000000)}, {"currency", "USD"}, {"modifier", "approx"}}),
      mention_of(text, "Bar", "company", {{"name", "Bar"}})};
  reading.links = {Link{"same_amount", 1, 2, "bracketed conversion"}};
  Record record;
  record.id = "r1";
  record.kind = "flow";
  record.rule = "flow.pay@1.0.0#00aa";
  record.confidence = 0.9;
  record.fields = {{"instrument", "purchase"},
                   {"payer", ref_of(text, "Foo AG", 0, "company", "Foo AG")},
                   {"recipient", std::vector<Scalar>{Scalar(ref_of(text, "Bar", 3, "company", "Bar"))}}};
  const auto money = [&](std::uint32_t index, Decimal amount, std::string_view currency, std::string_view as) {
    const Span span = reading.mentions[index].span;
    return Fields{{"text", std::string(span.of(text))},
                  {"span", std::vector<Scalar>{Scalar(std::int64_t{span.begin}), Scalar(std::int64_t{span.end})}},
                  {"mention", std::int64_t{index}},
                  {"amount", amount},
                  {"currency", currency},
                  {"as", as}};
  };
  record.money = {money(1, Decimal(1500000000), "JPY", "said"), money(2, Decimal(10000000), "USD", "conversion")};
  record.measure = "single";
  record.status = "done";
  record.certainty = "asserted";
  record.evidence = {Span{0, static_cast<std::uint32_t>(text.size())}};
  record.sum_ok = true;
  reading.records = {record};
  return reading;
}

/// A folder of its own, removed at the end.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "tearsheet_test_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string path(const std::string& name = {}) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  std::string read(const std::string& name) const {
    // istreambuf_iterator sets off GCC 12's null-dereference warning.
    std::ifstream in(path(name), std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace tearsheet::test
