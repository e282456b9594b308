// JSON lines: the output contract, word by word.
#include <doctest/doctest.h>

#include "base/json.h"
#include "pipeline/sink/jsonl.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

std::vector<std::string> keys_of(const Tree& tree) {
  std::vector<std::string> out;
  for (const auto& [key, value] : tree.members) out.push_back(key);
  return out;
}

Tree line_of(const Reading& reading, const SinkOptions& options = {}) {
  const std::string line = to_json_line(reading, options);
  REQUIRE(line.ends_with("\n"));
  REQUIRE(line.find('\n') == line.size() - 1);
  auto tree = json::parse(line);
  REQUIRE(tree.has_value());
  return *tree;
}

const Tree& at(const Tree& tree, std::string_view key) {
  const Tree* found = tree.find(key);
  REQUIRE_MESSAGE(found != nullptr, std::string(key));
  return *found;
}

std::string span_text(const Tree& span) { return span.items.at(0).scalar + "," + span.items.at(1).scalar; }

}  // namespace

TEST_CASE("jsonl: every line has every key, in the contract's order") {
  using Keys = std::vector<std::string>;
  const Tree line = line_of(test::payment());
  CHECK(keys_of(line) == Keys{"schema", "id", "source", "article", "mentions", "links", "records", "rules", "notes", "error"});
  CHECK(keys_of(at(line, "source")) == Keys{"id", "path", "url", "container", "index", "format", "charset", "bytes", "sha256"});
  CHECK(keys_of(at(line, "article")) == Keys{"title", "byline", "published", "modified", "place", "publisher", "domain",
                                             "language", "url", "topics", "section", "image", "paywall", "fingerprint", "extra"});
  CHECK(keys_of(at(line, "mentions").items.at(0)) == Keys{"type", "span", "text", "use", "rule", "confidence", "fields"});
  CHECK(keys_of(at(line, "records").items.at(0)) == Keys{"id", "kind", "use", "instrument", "payer", "recipient", "money",
                                                         "measure", "status", "certainty", "rel", "evidence", "sum_ok", "rule",
                                                         "confidence"});
  CHECK(at(line, "error").is_null());
  CHECK(at(line, "source").find("id")->is_null());
}

TEST_CASE("jsonl: with an error the lists are empty, the objects, too, and every key is there") {
  Reading reading;
  reading.article.origin.id = "x";
  reading.error = Error{"J001", "not JSON", {"in.jsonl", 3, 1}, "mend the line", {}};
  SinkOptions options;
  options.with_text = options.with_body = options.with_blocks = true;
  const Tree line = line_of(reading, options);
  CHECK(keys_of(line) == std::vector<std::string>{"schema", "id", "source", "article", "text", "body", "blocks", "mentions",
                                                  "links", "records", "rules", "notes", "error"});
  CHECK(at(line, "article").members.empty());
  CHECK(at(line, "mentions").items.empty());
  CHECK(at(at(line, "source"), "id").scalar == "x");
  CHECK(at(at(line, "error"), "code").scalar == "J001");
  CHECK(at(at(line, "error"), "line").scalar == "3");
}

TEST_CASE("jsonl: an empty id of the caller stays an empty string, no id is null") {
  Reading reading = test::payment();
  reading.article.origin.id = "";
  CHECK(at(at(line_of(reading), "source"), "id").type == Tree::Type::string);
}

TEST_CASE("jsonl: money is a decimal string, spans are bytes") {
  const Tree line = line_of(test::payment());
  const Tree& yen = at(line, "mentions").items.at(1);
  CHECK(span_text(at(yen, "span")) == "21,28");
  CHECK(at(at(yen, "fields"), "amount").type == Tree::Type::string);
  CHECK(at(at(yen, "fields"), "amount").scalar == "1500000000");
}

TEST_CASE("jsonl: --offsets chars counts code points in mentions, references, money, evidence and blocks") {
  SinkOptions options;
  options.offsets_chars = options.with_blocks = true;
  const Tree line = line_of(test::payment(), options);
  CHECK(span_text(at(at(line, "mentions").items.at(1), "span")) == "20,26");
  const Tree& record = at(line, "records").items.at(0);
  CHECK(span_text(at(at(record, "payer"), "span")) == "8,14");
  CHECK(span_text(at(at(record, "recipient").items.at(0), "span")) == "40,43");
  CHECK(span_text(at(at(record, "money").items.at(1), "span")) == "31,35");
  CHECK(span_text(at(record, "evidence").items.at(0)) == "0,44");
  CHECK(span_text(at(at(line, "blocks").items.at(0), "span")) == "0,44");
}

TEST_CASE("jsonl: hostile text is escaped and comes back as it was") {
  Reading reading = test::payment();
  const std::string line = to_json_line(reading, {});
  CHECK(line.find('\x1b') == std::string::npos);
  CHECK(at(at(line_of(reading), "article"), "title").scalar == reading.article.meta.title);
}

TEST_CASE("jsonl: --by mention and --by record give one line each, with the article's head") {
  SinkOptions options;
  options.by = By::mention;
  const std::string mentions = to_json_line(test::payment(), options);
  CHECK(std::count(mentions.begin(), mentions.end(), '\n') == 4);
  options.by = By::record;
  const Tree record = line_of(test::payment(), options);
  CHECK(at(record, "schema").scalar == "tearsheet.record/1");
  CHECK(at(record, "article").scalar == std::string(32, 'a'));
  CHECK(at(record, "sentence").scalar == test::payment().article.text);
}

TEST_CASE("jsonl: a file appears under its name only when it is finished") {
  const test::Scratch scratch;
  auto sink = make_jsonl(scratch.path("out.jsonl"), {});
  REQUIRE(sink.has_value());
  REQUIRE((*sink)->write((*sink)->render(test::payment())).has_value());
  REQUIRE((*sink)->flush().has_value());
  CHECK(std::filesystem::exists(scratch.path("out.jsonl.partial")));
  CHECK_FALSE(std::filesystem::exists(scratch.path("out.jsonl")));
  REQUIRE((*sink)->finish().has_value());
  CHECK_FALSE(std::filesystem::exists(scratch.path("out.jsonl.partial")));
  CHECK(scratch.read("out.jsonl") == to_json_line(test::payment(), {}));
}
