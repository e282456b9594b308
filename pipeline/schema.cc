// Schema: JSON Schema (draft 2020-12) of the output's lines and of rule files.
#include "pipeline/schema.h"

namespace tearsheet {

namespace {

// What all lines of output share.
constexpr std::string_view kShared = R"json(
    "span": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
    "use": {"enum": ["body", "title", "excerpt", "byline", "dateline", "caption", "repeat", "related", "boilerplate"]},
    "text_or_null": {"type": ["string", "null"]},
    "decimal": {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "rule": {"type": "string", "pattern": "^[^@]+@[^#]+#[0-9a-f]+$"},
    "day": {"type": ["string", "null"], "pattern": "^-?[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:]+(Z|[+-][0-9:]+)?)?)?)?$"},
    "source": {
      "type": "object",
      "required": ["id", "path", "url", "container", "index", "format", "charset", "bytes", "sha256"],
      "properties": {
        "id": {"$ref": "#/$defs/text_or_null"}, "path": {"$ref": "#/$defs/text_or_null"}, "url": {"$ref": "#/$defs/text_or_null"},
        "container": {"$ref": "#/$defs/text_or_null"}, "index": {"type": "integer", "minimum": 0},
        "format": {"enum": ["plain", "markdown", "html", "sniff", "unknown", null]}, "charset": {"$ref": "#/$defs/text_or_null"},
        "bytes": {"type": "integer", "minimum": 0}, "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
      }
    },
    "mention_members": {
      "type": "object",
      "required": ["type", "span", "text", "use", "rule", "confidence", "fields"],
      "properties": {
        "type": {"type": "string", "minLength": 1}, "span": {"$ref": "#/$defs/span"}, "text": {"type": "string"},
        "use": {"$ref": "#/$defs/use"}, "rule": {"$ref": "#/$defs/rule"}, "confidence": {"$ref": "#/$defs/confidence"},
        "fields": {"type": "object"}
      },
      "allOf": [
        {"if": {"properties": {"type": {"const": "money"}}},
         "then": {"properties": {"fields": {"properties": {
           "amount": {"$ref": "#/$defs/decimal"}, "amount_high": {"$ref": "#/$defs/decimal"},
           "currency": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"}, "candidates": {"type": "array", "items": {"type": "string"}},
           "modifier": {"enum": ["exact", "approx", "max", "min", "range", "vague"]}, "change": {"enum": ["up", "down", null]}}}}}},
        {"if": {"properties": {"type": {"const": "percent"}}},
         "then": {"properties": {"fields": {"properties": {"value": {"$ref": "#/$defs/decimal"}, "value_high": {"$ref": "#/$defs/decimal"}}}}}},
        {"if": {"properties": {"type": {"const": "node_size"}}},
         "then": {"properties": {"fields": {"properties": {"nm": {"$ref": "#/$defs/decimal"}}}}}},
        {"if": {"properties": {"type": {"enum": ["date", "duration"]}}},
         "then": {"properties": {"fields": {"properties": {"value": {"type": "string"}}}}}}
      ]
    },
    "money": {
      "type": "object",
      "properties": {
        "text": {"$ref": "#/$defs/text_or_null"}, "span": {"anyOf": [{"$ref": "#/$defs/span"}, {"type": "null"}]}, "mention": {"type": ["integer", "null"]},
        "amount": {"anyOf": [{"$ref": "#/$defs/decimal"}, {"type": "null"}]}, "currency": {"$ref": "#/$defs/text_or_null"},
        "as": {"enum": ["said", "conversion", "rounded", "restated"]}
      }
    },
    "record_members": {
      "type": "object",
      "required": ["id", "kind", "use", "money", "measure", "status", "certainty", "rel", "evidence", "sum_ok", "rule", "confidence"],
      "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+[0-9]+$"},
        "kind": {"enum": ["flow", "budget", "borrowing", "result", "project", "agreement", "decision"]}, "use": {"$ref": "#/$defs/use"},
        "money": {"type": "array", "items": {"$ref": "#/$defs/money"}},
        "measure": {"enum": ["single", "total", "cumulative", "target", "unstated"]},
        "status": {"enum": ["sought", "planned", "agreed", "decided", "done", "cancelled"]},
        "certainty": {"enum": ["asserted", "expected", "possible", "conditional", "denied"]},
        "rel": {"type": "array", "items": {"type": "object", "required": ["type", "to", "basis"], "properties": {
          "type": {"enum": ["part_of", "includes", "funds", "about", "same_as"]}, "to": {"type": "string"}, "basis": {"enum": ["said", "implied"]}}}},
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/span"}}, "sum_ok": {"type": "boolean"}, "rule": {"$ref": "#/$defs/rule"},
        "confidence": {"$ref": "#/$defs/confidence"}
      }
    })json";

constexpr std::string_view kReading = R"json(
  "title": "A line of tearsheet extract: one article",
  "type": "object",
  "required": ["schema", "id", "source", "article", "mentions", "links", "records", "rules", "notes", "error"],
  "properties": {
    "schema": {"const": "tearsheet.reading/1"},
    "id": {"type": ["string", "null"], "pattern": "^[0-9a-f]{32}$"},
    "source": {"$ref": "#/$defs/source"},
    "article": {"anyOf": [{"$ref": "#/$defs/article"}, {"type": "object", "maxProperties": 0}]},
    "text": {"type": "string"}, "body": {"type": "string"},
    "blocks": {"type": "array", "items": {"type": "object", "required": ["span", "kind", "use"], "properties": {
      "span": {"$ref": "#/$defs/span"}, "kind": {"enum": ["title", "heading", "paragraph", "item", "quote", "caption", "cell"]}, "use": {"$ref": "#/$defs/use"}}}},
    "mentions": {"type": "array", "items": {"$ref": "#/$defs/mention_members"}},
    "links": {"type": "array", "items": {"type": "object", "required": ["kind", "from", "to", "why"], "properties": {
      "kind": {"type": "string", "minLength": 1}, "from": {"type": "integer", "minimum": 0}, "to": {"type": "integer", "minimum": 0}, "why": {"type": "string"}}}},
    "records": {"type": "array", "items": {"$ref": "#/$defs/record_members"}},
    "rules": {"type": "string", "pattern": "^[0-9a-f]+$"},
    "notes": {"type": "array", "items": {"type": "object", "required": ["code", "what"], "properties": {"code": {"type": "string", "pattern": "^N[0-9]+$"}, "what": {"type": "string"}}}},
    "error": {"anyOf": [{"type": "null"}, {"type": "object", "required": ["code", "what", "file", "line", "column", "help"], "properties": {
      "code": {"type": "string"}, "what": {"type": "string"}, "file": {"$ref": "#/$defs/text_or_null"}, "line": {"type": "integer"},
      "column": {"type": "integer"}, "help": {"$ref": "#/$defs/text_or_null"}}}]}
  },
  "if": {"properties": {"error": {"type": "object"}}},
  "then": {"properties": {"article": {"maxProperties": 0}, "mentions": {"maxItems": 0}, "links": {"maxItems": 0}, "records": {"maxItems": 0}}},
  "else": {"properties": {"article": {"$ref": "#/$defs/article"}, "id": {"type": "string"}}},
  "$defs": {
    "article": {
      "type": "object",
      "required": ["title", "byline", "published", "modified", "place", "publisher", "domain", "language", "url", "topics", "section", "image", "paywall", "fingerprint", "extra"],
      "properties": {
        "title": {"$ref": "#/$defs/text_or_null"}, "byline": {"type": "array", "items": {"type": "string"}}, "published": {"$ref": "#/$defs/day"},
        "modified": {"$ref": "#/$defs/day"}, "place": {"$ref": "#/$defs/text_or_null"}, "publisher": {"$ref": "#/$defs/text_or_null"},
        "domain": {"$ref": "#/$defs/text_or_null"}, "language": {"$ref": "#/$defs/text_or_null"}, "url": {"$ref": "#/$defs/text_or_null"},
        "topics": {"type": "array", "items": {"type": "string"}}, "section": {"$ref": "#/$defs/text_or_null"}, "image": {"$ref": "#/$defs/text_or_null"},
        "paywall": {"type": ["boolean", "null"]}, "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"}, "extra": {"type": "object"}
      }
    },)json";

constexpr std::string_view kMention = R"json(
  "title": "A line of tearsheet extract --by mention",
  "type": "object",
  "required": ["schema", "article", "source", "title", "published", "url", "mention", "rules"],
  "properties": {
    "schema": {"const": "tearsheet.mention/1"}, "article": {"type": "string", "pattern": "^[0-9a-f]{32}$"}, "source": {"$ref": "#/$defs/source"},
    "title": {"$ref": "#/$defs/text_or_null"}, "published": {"$ref": "#/$defs/day"}, "url": {"$ref": "#/$defs/text_or_null"},
    "mention": {"type": "integer", "minimum": 0}, "rules": {"type": "string"}
  },
  "allOf": [{"$ref": "#/$defs/mention_members"}],
  "$defs": {)json";

constexpr std::string_view kRecord = R"json(
  "title": "A line of tearsheet extract --by record",
  "type": "object",
  "required": ["schema", "article", "source", "title", "published", "url", "sentence", "rules"],
  "properties": {
    "schema": {"const": "tearsheet.record/1"}, "article": {"type": "string", "pattern": "^[0-9a-f]{32}$"}, "source": {"$ref": "#/$defs/source"},
    "title": {"$ref": "#/$defs/text_or_null"}, "published": {"$ref": "#/$defs/day"}, "url": {"$ref": "#/$defs/text_or_null"},
    "sentence": {"type": "string"}, "rules": {"type": "string"}
  },
  "allOf": [{"$ref": "#/$defs/record_members"}],
  "$defs": {)json";

constexpr std::string_view kRules = R"json(
  "title": "A rule file of Tearsheet",
  "type": "object",
  "required": ["schema", "pack"],
  "additionalProperties": false,
  "properties": {
    "schema": {"const": 1},
    "pack": {"type": "string"}, "version": {"type": ["string", "number"]}, "extends": {"type": "string"},
    "macros": {"type": "object", "additionalProperties": {"type": "string"}},
    "lexicons": {"type": "object", "additionalProperties": {"type": "object", "required": ["file"], "additionalProperties": false, "properties": {
      "file": {"type": "string"}, "fold": {"enum": ["none", "case"]}}}},
    "rules": {"type": "array", "items": {"$ref": "#/$defs/a_rule"}}
  },
  "$defs": {
    "texts": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "conditions": {"type": "array", "items": {"type": "object", "minProperties": 1}},
    "example": {"type": "object", "required": ["text"], "additionalProperties": false, "properties": {
      "text": {"type": "string"}, "want": {"type": ["array", "object"]}, "date": {"type": "string"}, "why": {"type": "string"}, "by": {"type": "string"}}},
    "a_rule": {
      "type": "object",
      "required": ["id"],
      "additionalProperties": false,
      "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9_]+(\\.[a-z0-9_]+)+$"}, "entity": {"type": "string"}, "doc": {"type": "string"},
        "pattern": {"type": "string"}, "any": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "edges": {"enum": ["word", "none", "left", "right"]}, "emit": {"type": "object"}, "where": {"type": "string"}, "reader": {"type": "string"},
        "requires": {"$ref": "#/$defs/conditions"}, "unless": {"$ref": "#/$defs/conditions"}, "boost": {"$ref": "#/$defs/conditions"}, "set": {"$ref": "#/$defs/conditions"},
        "conflict": {"type": "object", "additionalProperties": false, "properties": {"rank": {"type": "integer"}, "longest": {"type": "boolean"}}},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1}, "zones": {"$ref": "#/$defs/texts"}, "lang": {"$ref": "#/$defs/texts"},
        "status": {"enum": ["draft", "trial", "stable", "off"]}, "max_len": {"type": "integer", "minimum": 1}, "trigger": {"$ref": "#/$defs/texts"},
        "notes": {"type": "string"}, "silence": {"type": "array", "items": {"type": "string"}},
        "examples": {"type": "array", "items": {"$ref": "#/$defs/example"}}, "rejects": {"type": "array", "items": {"$ref": "#/$defs/example"}},
        "todo": {"type": "array", "items": {"$ref": "#/$defs/example"}}
      }
    }
  })json";

std::string whole(std::string_view name, std::string_view head, std::string_view shared) {
  std::string out =
      "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \"urn:tearsheet:" + std::string(name) +
      ":1\",";
  out += head;
  out += shared;
  if (!shared.empty()) out += "\n  }";
  return out + "\n}\n";
}

}  // namespace

std::optional<std::string> schema_of(std::string_view name) {
  if (name == "readings") return whole("reading", kReading, kShared);
  if (name == "mentions") return whole("mention", kMention, kShared);
  if (name == "records") return whole("record", kRecord, kShared);
  if (name == "rules") return whole("rules", kRules, {});
  return std::nullopt;
}

}  // namespace tearsheet
