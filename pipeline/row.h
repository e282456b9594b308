// Row: what sinks, commands and the judge need to know of a reading: names, sentences, amounts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extractors/document.h"
#include "tearsheet/engine.h"

namespace tearsheet {

/// Where a reading came from, as one string: the caller's id, else the URL, else the path with "#index" for a member of a
/// container.
std::string source_name(const Origin& origin);

/// The use of a mention's block.
Use use_of(const Article& article, const Mention& mention);

/// The sentences of one reading, found once, when the first is asked for.
class Sentences {
 public:
  explicit Sentences(const Reading& reading) : reading_(reading) {}
  /// The sentence that a record's first evidence stands in, white space made single; "" where there is no evidence.
  std::string of(const Record& record);

 private:
  const Reading& reading_;
  std::optional<Document> document_;
};

/// A role's value as people read it: a Ref by name, else by its words; lists joined by "; "; objects as "key=value" pairs.
std::string readable(const Scalar& value);

/// What the text itself gives in dollars: the first money of the record whose currency is USD, as a plain decimal; "" where there
/// is none.
std::string usd_stated(const Record& record);

/// "0.97": at most four digits, no trailing zeros.
std::string confidence_text(double confidence);

}  // namespace tearsheet
