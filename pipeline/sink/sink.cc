// Sinks: the one table of kinds.
#include "pipeline/sink/sink.h"

#include "pipeline/sink/csv.h"
#include "pipeline/sink/html.h"
#include "pipeline/sink/jsonl.h"
#include "pipeline/sink/sqlite.h"
#include "pipeline/sink/table.h"

namespace tearsheet {

std::span<const SinkRow> sinks() {
  static const SinkRow kRows[] = {
      {"jsonl", "JSON lines, one an article (or a mention, a record)", {".jsonl", ".ndjson"}, make_jsonl},
      {"csv", "one flat table of mentions, or of records with --by record", {".csv"}, make_csv},
      {"sqlite", "a database; run again to update it", {".db", ".sqlite", ".sqlite3"}, make_sqlite},
      {"html", "one page that opens from disk: coloured articles, tables, a timeline, filters", {".html", ".htm"}, make_html},
      {"table", "rows for a person at a terminal", {".txt"}, make_table},
  };
  return kRows;
}

const SinkRow* sink_named(std::string_view name) {
  for (const SinkRow& row : sinks()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

const SinkRow* sink_for(std::string_view path) {
  for (const SinkRow& row : sinks()) {
    for (std::string_view ending : row.endings) {
      if (path.ends_with(ending)) return &row;
    }
  }
  return nullptr;
}

}  // namespace tearsheet
