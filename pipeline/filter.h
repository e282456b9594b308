// Filter: leave out what a caller did not ask for, and keep every index true.
#pragma once

#include "tearsheet/engine.h"

namespace tearsheet {

/// Drops mentions that are not of `options.types`, `uses` or under `min_confidence`, records by `uses` and `min_confidence`.
///
/// Runs after link and record, so that what stays is what it would have been. Links lose their row when an end is gone, a
/// record's references and money lose only their `mention` index, relations to dropped records go. Cost: linear.
void keep_only(Reading& reading, const Options& options);

/// Calls `change` for each span and each mention index inside a field value, its Refs included: what filters and offset
/// converters need.
struct FieldVisitor {
  virtual ~FieldVisitor() = default;
  virtual void span(Span&) {}
  /// Nothing when the mention is gone.
  virtual std::optional<std::uint32_t> mention(std::uint32_t index) { return index; }
};
void visit(Fields& fields, FieldVisitor& visitor);

}  // namespace tearsheet
