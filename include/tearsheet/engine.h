// Engine: the library's one verb. A Blob goes in, a Reading comes out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tearsheet/article.h"
#include "tearsheet/blob.h"
#include "tearsheet/error.h"
#include "tearsheet/mention.h"
#include "tearsheet/record.h"

namespace tearsheet {

/// Everything read from one blob. With `error` set the lists are empty and only the origin is known.
struct Reading {
  Article article;
  std::uint64_t fingerprint = 0;  // SimHash of the body; near-equal texts differ in few bits
  std::vector<Mention> mentions;  // in text order
  std::vector<Link> links;
  std::vector<Record> records;
  std::vector<Note> notes;        // the article's notes and those of later stages
  std::optional<Error> error;
};

/// How patterns are found. Both ways give the same mentions.
enum class Matching : std::uint8_t {
  fast,   // one automaton says which patterns can begin at a place, and only there are they tried
  plain,  // a set of all patterns says which stand in a line, then each searches it: slower, the oracle of the other
};

/// How an engine reads. Defaults are those of `tearsheet extract`.
struct Options {
  std::vector<std::string> rules;          // rule folders, lowest layer first; empty = TEARSHEET_RULES, installed, build
  std::optional<Date> reference;           // --date: used only where the article has no date
  std::size_t max_bytes = 32u << 20;       // per document after unpacking; longer ones are cut with a note
  std::vector<std::string> types;          // only these mention types; empty = all
  std::vector<Use> uses;                   // only mentions and records in blocks of these uses; empty = all
  double min_confidence = 0;
  bool records = true;                     // false: stop after link
  Matching matching = Matching::fast;      // --engine
};

/// Reads articles. Built once, then const: share one among all threads.
class Engine {
 public:
  /// Loads and compiles the rules. Fails with the first errors of the rule files (all of them in `what`'s lines), and with E005
  /// where Options::types names a type that neither the program nor a rule knows.
  static Result<Engine> open(Options options = {});

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Runs the whole belt over one blob. Never throws; what goes wrong is in Reading::error.
  /// Cost: linear in the bytes. Deterministic: same bytes, same reading, on any thread.
  Reading read(Blob blob) const;
  /// The same with another reference date than Options::reference, for this blob alone.
  Reading read(Blob blob, const std::optional<Date>& reference) const;

  /// Hash of the rule set, 12 hex, as the output's `rules` repeats it.
  const std::string& rules_hash() const;
  /// Folders the rules came from.
  const std::vector<std::string>& rules_folders() const;
  const Options& options() const;
  /// The types of mentions that can come out, sorted: the built-in ones and those that rule files add.
  const std::vector<std::string>& types() const;
  /// The names of the fields that rules fill by themselves, sorted.
  const std::vector<std::string>& fields() const;

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// The library's version, "0.1.0".
std::string_view version();

}  // namespace tearsheet
