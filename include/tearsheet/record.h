// Record: one fact (who, how much, what for, when, how sure) with its evidence.
#pragma once

#include <string>
#include <vector>

#include "tearsheet/article.h"
#include "tearsheet/span.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// How one record stands to another: part_of, includes, funds, about, same_as.
struct Relation {
  std::string type;
  std::string to;     // id of the other record
  std::string basis;  // said | implied

  bool operator==(const Relation&) const = default;
};

/// A fact. `fields` holds the kind's own keys in output order (payer, recipient, purpose, ...) as Refs, lists of Refs,
/// objects or strings; docs/records.md lists them. `money` holds one object a said amount: text, span, mention,
/// amount, currency, modifier, as, rate.
struct Record {
  std::string id;                // "r1", "r2", ... within its article, in text order
  std::string kind;              // flow, budget, borrowing, result, project, agreement, decision
  Use use = Use::body;
  std::string rule;              // id@version#hash
  double confidence = 0;         // 0..1
  Fields fields;
  std::vector<Fields> money;
  std::string measure;           // single, total, cumulative, target, unstated
  std::string status;            // sought, planned, agreed, decided, done, cancelled
  std::string certainty;         // asserted, expected, possible, conditional, denied
  std::vector<Relation> rel;
  std::vector<Span> evidence;
  bool sum_ok = false;           // adding this record's first money to others' counts nothing twice

  bool operator==(const Record&) const = default;
};


}  // namespace tearsheet
