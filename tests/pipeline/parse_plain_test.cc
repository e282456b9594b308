// Plain and Markdown: which lines are which blocks.
#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "pipeline/parse/parse.h"

namespace {

using tearsheet::Article;
using tearsheet::Kind;

Article read(std::string_view text, std::string_view path, bool keep = false) {
  tearsheet::Blob blob;
  blob.bytes = text;
  blob.origin.path = path;
  blob.keep_text = blob.is_text = keep;
  auto article = tearsheet::parse(blob);
  REQUIRE_MESSAGE(article, (article ? "" : article.error().what));
  return *article;
}

// A letter for each block: T title, H heading, P paragraph, I item, Q quote, C caption, X cell.
std::string kinds(const Article& article) {
  std::string out;
  for (const auto& block : article.blocks) out += "THPIQCX"[static_cast<std::size_t>(block.kind)];
  return out;
}

const std::string kLong =
    "The board said on Monday that it would spend more than it had planned on the new line, which is to open next year, and less "
    "on the old one.";

struct Row {
  std::string_view why;
  std::string text;
  std::string_view want;
};

TEST_CASE("plain: lines become blocks by their shape") {
  const Row rows[] = {
      {"one paragraph a line", kLong + "\n" + kLong + "\n", "PP"},
      {"blank lines and blanks do not matter", "\n\n  " + kLong + "  \n\n\n" + kLong + "\n\n", "PP"},
      {"CRLF", kLong + "\r\n" + kLong + "\r\n", "PP"},
      {"a short first line is the title", "Board Spends More\n" + kLong + "\n", "TP"},
      {"a question may be a title", "Will the Board Spend More?\n\n" + kLong + "\n", "TP"},
      {"a first line with a full stop is none", "The board spends more.\n" + kLong + "\n", "PP"},
      {"no body, no title", "Board Spends More\n", "P"},
      {"a heading stands before a paragraph", kLong + "\nWhat Comes Next\n" + kLong + "\n", "PHP"},
      {"capitals", "BOARD NEWS\n\nOLD LINE\n" + kLong + "\n", "THP"},
      {"headlines in a row are no headings", kLong + "\nGold Climbs\nSilver Slips\nOil Steady\n", "PPPP"},
      {"bullets and numbers", kLong + "\n- one thing\n• two things\n3. three things\n", "PIII"},
      {"a year is no list number", kLong + "\n2024. It was a year.\n", "PP"},
      {"a hash mark heading", kLong + "\n## Next\n" + kLong, "PHP"},
      {"a quoted line", "> It was said.\n" + kLong, "QP"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(kinds(read(row.text, "a.txt", true)) == row.want);
    CHECK(read(row.text, "a.txt", true).text == row.text);
  }
}

TEST_CASE("plain: a hard-wrapped paragraph is one block") {
  const std::string text =
      "BOARD TO SPEND MORE\n"
      "By Jane Doe\n"
      "\n"
      "The board said on Monday that it would spend more than it had\n"
      "planned on the new line, which is to open next year in Ohio,\n"
      "and less on the old one.\n"
      "\n"
      "Shares of the company rose by three per cent in the morning\n"
      "before they fell again, as traders weighed what the plan would\n"
      "cost and who would pay for it.\n";
  const Article article = read(text, "a.txt");
  CHECK(kinds(article) == "TPPP");
  CHECK(article.text == text);
  CHECK(article.blocks[2].span.of(article.text).ends_with("old one."));
}

TEST_CASE("markdown: text without marks, kinds with levels") {
  const Row rows[] = {
      {"first level-1 heading is the title", "# News\n\nBody *text*.\n\n## Part\n\nMore.", "TPHP"},
      {"setext", "News\n====\n\nBody.\n", "TP"},
      {"lists and quotes", "Intro.\n\n* one\n* two\n  * deeper\n\n> said\n", "PIIIQ"},
      {"a table", "| a | b |\n|---|---|\n| 1 | 2 |\n", "XXXX"},
      {"code stays as a paragraph", "Text.\n\n```\nx = 1\n```\n", "PP"},
      {"an image's text is a caption", "Text.\n\n![A plant](p.jpg)\n\nMore.\n", "PCP"},
      {"long lines are paragraphs of their own", "## Part\n" + kLong + "\n" + kLong + "\n## Next\n" + kLong, "HPPHP"},
      {"wrapped lines are one", "One line\nand the next.\n", "P"},
      {"raw HTML goes, its words stay", "<div>\n<b>Words</b> in a box\n</div>\n\nText.\n", "PP"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(kinds(read(row.text, "a.md")) == row.want);
  }
  const Article article = read("A [link](http://x.example/$5) and **bold** &amp; ¥5&nbsp;bn\nnext <b>line</b>.", "a.md");
  CHECK(article.text == "A link and bold & ¥5 bn next line.");
}

TEST_CASE("sniff: the format by name and by content") {
  struct {
    std::string_view why, text, path;
    tearsheet::Format want;
  } const rows[] = {
      {"prose", "Profit rose.\nSales fell.", "a.txt", tearsheet::Format::plain},
      {"a dollar amount and stars are no Markdown", "Profit was $5 * 3.\n* footnote", "a.txt", tearsheet::Format::plain},
      {"headings with hash marks", "Text.\n## Part\nMore.", "a.txt", tearsheet::Format::markdown},
      {"a link", "See [this](http://x.example).", "a.txt", tearsheet::Format::markdown},
      {"by ending", "Text.", "a.md.gz", tearsheet::Format::markdown},
      {"a page", "  <!DOCTYPE html><p>x", "a.txt", tearsheet::Format::html},
      {"a page by ending", "Text", "a.HTM", tearsheet::Format::html},
      {"a fragment", "<p>One</p><p>Two</p><p>Three</p>", "-", tearsheet::Format::html},
      {"less-than in prose", "Profit < 5.", "a.txt", tearsheet::Format::plain},
      {"front matter is passed over", "---\ntitle: T\n---\n<p>One</p>", "a.txt", tearsheet::Format::html},
  };
  for (const auto& row : rows) {
    CAPTURE(row.why);
    tearsheet::Blob blob;
    blob.bytes = row.text;
    blob.origin.path = row.path;
    CHECK(tearsheet::sniff(blob) == row.want);
  }
}

TEST_CASE("plain and markdown: blocks part the text without overlap, on hostile input, too") {
  const std::string hostile[] = {
      std::string(300'000, '>') + " x",   std::string(300'000, '['),
      std::string(100'000, '*') + "a",    std::string(300'000, '`') + "\nx",
      std::string(200'000, '_') + "x",    std::string(1'000'000, 'x'),
      std::string(1'000'000, '\n') + "x", "# " + std::string(100'000, '#') + " x",
  };
  for (const std::string& text : hostile)
    for (const char* path : {"a.txt", "a.md"}) {
      CAPTURE(text.substr(0, 3));
      CAPTURE(path);
      const auto before = std::chrono::steady_clock::now();
      const Article article = read(text, path);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
      CHECK(took.count() < 2.0);
      std::uint32_t at = 0;
      for (const auto& block : article.blocks) {
        CHECK(block.span.begin >= at);
        CHECK(block.span.end > block.span.begin);
        at = block.span.end;
      }
      CHECK(at <= article.text.size());
    }
}

}  // namespace
