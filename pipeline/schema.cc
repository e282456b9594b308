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

// The language of docs/rules.md, and the settings that lie beside rules. An `if` on `kind` keeps the messages of a validator short.
constexpr std::string_view kRules = R"json(
  "title": "A rule file of Tearsheet, or a file of settings (kind: tidy, records, currency, sites, urls)",
  "type": "object",
  "if": {"required": ["kind"]},
  "then": {
    "properties": {"kind": {"enum": ["tidy", "records", "currency", "sites", "urls"]}, "schema": {"const": 1}, "version": {"$ref": "#/$defs/version"}},
    "allOf": [
      {"if": {"properties": {"kind": {"const": "tidy"}}}, "then": {"$ref": "#/$defs/tidy"}},
      {"if": {"properties": {"kind": {"const": "records"}}}, "then": {"$ref": "#/$defs/records"}},
      {"if": {"properties": {"kind": {"const": "currency"}}}, "then": {"$ref": "#/$defs/currency"}}
    ]
  },
  "else": {"$ref": "#/$defs/rule_file"},
  "$defs": {
    "version": {"type": ["string", "number"]},
    "rule_file": {
      "type": "object", "required": ["schema", "pack"], "additionalProperties": false,
      "properties": {
        "schema": {"const": 1}, "pack": {"type": "string", "minLength": 1}, "version": {"$ref": "#/$defs/version"}, "extends": {"type": "string"},
        "doc": {"type": "string"}, "macros": {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
        "lexicons": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/lexicon"}},
        "rules": {"type": ["array", "null"], "items": {"$ref": "#/$defs/a_rule"}},
        "change": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/rule_keys"}}
      }
    },
    "lexicon": {
      "type": "object", "additionalProperties": false, "oneOf": [{"required": ["file"]}, {"required": ["add"]}],
      "properties": {
        "file": {"$ref": "#/$defs/path_inside"}, "add": {"$ref": "#/$defs/path_inside"}, "fold": {"enum": ["none", "case"]}, "doc": {"type": "string"}}
    },
    "path_inside": {"type": "string", "pattern": "^[^/]", "not": {"pattern": "(^|/)\\.\\.(/|$)"}},
    "words": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "use": {"enum": ["title", "excerpt", "body", "byline", "dateline", "caption", "repeat", "related", "boilerplate"]},
    "value": {"type": ["string", "number", "boolean", "null", "array", "object"]},
    "scalar": {"type": ["string", "number", "boolean"]},
    "looked_for": {"anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/scalar"}}]},
    "near": {"anyOf": [{"$ref": "#/$defs/looked_for"},
      {"type": "object", "required": ["entity"], "additionalProperties": false, "properties": {"entity": {"type": "string", "minLength": 1}}}]},
    "inside": {"anyOf": [{"enum": ["url", "quote", "bracket", "heading"]}, {"$ref": "#/$defs/use"}]},
    "within": {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 50},
      {"type": "string", "pattern": "^([0-4]?[0-9]|50)( words?)?$"}, {"enum": ["touching", "sentence", "paragraph", "article"]}]},
    "edges": {"enum": ["word", "none", "left", "right"]},
    "test": {"anyOf": [{"required": ["near"]}, {"required": ["preceded_by"]}, {"required": ["followed_by"]}, {"required": ["inside"]}]},
    "guard": {
      "type": "object", "allOf": [{"$ref": "#/$defs/test"}], "additionalProperties": false,
      "properties": {
        "near": {"$ref": "#/$defs/near"}, "preceded_by": {"$ref": "#/$defs/looked_for"}, "followed_by": {"$ref": "#/$defs/looked_for"},
        "inside": {"$ref": "#/$defs/inside"}, "within": {"$ref": "#/$defs/within"}, "edges": {"$ref": "#/$defs/edges"}}
    },
    "boost": {
      "type": "object", "required": ["by"], "allOf": [{"$ref": "#/$defs/test"}], "additionalProperties": false,
      "properties": {
        "near": {"$ref": "#/$defs/near"}, "preceded_by": {"$ref": "#/$defs/looked_for"}, "followed_by": {"$ref": "#/$defs/looked_for"},
        "inside": {"$ref": "#/$defs/inside"}, "within": {"$ref": "#/$defs/within"}, "edges": {"$ref": "#/$defs/edges"},
        "by": {"type": "number", "minimum": -1, "maximum": 1}}
    },
    "set": {
      "type": "object", "allOf": [{"$ref": "#/$defs/test"}],
      "properties": {
        "near": {"$ref": "#/$defs/near"}, "preceded_by": {"$ref": "#/$defs/looked_for"}, "followed_by": {"$ref": "#/$defs/looked_for"},
        "inside": {"$ref": "#/$defs/inside"}, "within": {"$ref": "#/$defs/within"}, "edges": {"$ref": "#/$defs/edges"}},
      "additionalProperties": {"$ref": "#/$defs/value"}
    },
    "guards": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/guard"}}, {"$ref": "#/$defs/guard"}]},
    "wanted": {"type": ["object", "null"]},
    "example": {"anyOf": [{"type": "string"}, {
      "type": "object", "required": ["text"], "additionalProperties": false,
      "properties": {
        "text": {"type": "string"}, "why": {"type": "string"}, "date": {"type": "string"}, "use": {"$ref": "#/$defs/use"}, "lang": {"type": "string"},
        "domain": {"type": "string"}, "want": {"anyOf": [{"$ref": "#/$defs/wanted"}, {"type": "array", "items": {"$ref": "#/$defs/wanted"}}]}}}]},
    "reject": {"anyOf": [{"type": "string"}, {
      "type": "object", "required": ["text"], "additionalProperties": false,
      "properties": {
        "text": {"type": "string"}, "why": {"type": "string"}, "date": {"type": "string"}, "use": {"$ref": "#/$defs/use"}, "lang": {"type": "string"},
        "domain": {"type": "string"}, "by": {"enum": ["pattern", "edges", "emit", "where", "unless", "requires", "conflict", "reader", "zones", "lang",
          "max_len", "unproven"]}}}]},
    "a_rule": {"$ref": "#/$defs/rule_keys", "required": ["id", "entity"], "oneOf": [{"required": ["pattern"]}, {"required": ["any"]}]},
    "rule_keys": {
      "type": "object", "additionalProperties": false,
      "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9._-]+$"}, "entity": {"type": "string", "minLength": 1}, "doc": {"type": "string"},
        "notes": {"type": "string"}, "pattern": {"type": "string", "minLength": 1}, "any": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "edges": {"$ref": "#/$defs/edges"}, "emit": {"type": "object", "additionalProperties": {"$ref": "#/$defs/scalar"}}, "where": {"type": "string"},
        "reader": {"type": "string"}, "requires": {"$ref": "#/$defs/guards"}, "unless": {"$ref": "#/$defs/guards"},
        "boost": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/boost"}}, {"$ref": "#/$defs/boost"}]},
        "set": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/set"}}, {"$ref": "#/$defs/set"}]},
        "conflict": {"type": "object", "additionalProperties": false,
          "properties": {"rank": {"type": "integer", "minimum": 0, "maximum": 100}, "longest": {"type": "boolean"}}},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "zones": {"anyOf": [{"$ref": "#/$defs/use"}, {"type": "array", "items": {"$ref": "#/$defs/use"}}]}, "lang": {"$ref": "#/$defs/words"},
        "status": {"enum": ["draft", "trial", "stable", "off"]}, "max_len": {"type": "integer", "minimum": 1, "maximum": 10000},
        "trigger": {"$ref": "#/$defs/words"}, "silence": {"$ref": "#/$defs/words"}, "examples": {"type": "array", "items": {"$ref": "#/$defs/example"}},
        "rejects": {"type": "array", "items": {"$ref": "#/$defs/reject"}}, "todo": {"type": "array", "items": {"$ref": "#/$defs/example"}}
      }
    },)json";

constexpr std::string_view kSettings = R"json(
    "tidy": {
      "additionalProperties": false,
      "properties": {
        "kind": true, "schema": true, "version": true,
        "thresholds": {"type": "object", "additionalProperties": false, "properties": {
          "tail_lines": {"$ref": "#/$defs/count"}, "tail_line_length": {"$ref": "#/$defs/count"}, "title_case": {"$ref": "#/$defs/count"},
          "repeat_cover": {"$ref": "#/$defs/count"}, "repeat_length": {"$ref": "#/$defs/count"}, "head_blocks": {"$ref": "#/$defs/count"}}},
        "marks": {"type": "array", "items": {"type": "object", "required": ["id", "use", "pattern"], "additionalProperties": false, "properties": {
          "id": {"type": "string"}, "use": {"$ref": "#/$defs/use"}, "doc": {"type": "string"}, "where": {"enum": ["any", "head", "tail"]},
          "max_length": {"$ref": "#/$defs/count"}, "pattern": {"type": "string"}, "examples": {"type": "array", "items": {"type": "string"}},
          "rejects": {"type": "array", "items": {"type": "string"}}}}},
        "datelines": {"type": "array", "items": {"type": "object", "required": ["id", "pattern"], "additionalProperties": false, "properties": {
          "id": {"type": "string"}, "doc": {"type": "string"}, "pattern": {"type": "string"}, "unless": {"type": "string"}}}}
      }
    },
    "count": {"type": "integer", "minimum": 0},
    "selectors": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "sites": {
      "additionalProperties": false,
      "properties": {
        "kind": true, "schema": true, "version": true, "doc": {"type": "string"},
        "sites": {"type": "array", "items": {"type": "object", "required": ["id", "domains"], "additionalProperties": false, "properties": {
          "id": {"type": "string"}, "doc": {"type": "string"}, "domains": {"type": "array", "minItems": 1, "items": {"type": "string"}},
          "body": {"$ref": "#/$defs/selectors"}, "title": {"$ref": "#/$defs/selectors"}, "authors": {"$ref": "#/$defs/selectors"},
          "date": {"$ref": "#/$defs/selectors"}, "drop": {"$ref": "#/$defs/selectors"}}}}
      }
    },
    "currency": {
      "additionalProperties": false,
      "properties": {
        "kind": true, "schema": true, "version": true, "doc": {"type": "string"},
        "evidence": {"type": "object", "additionalProperties": {"type": "array", "items": {"enum": ["sentence", "mention", "publisher", "article", "default"]}}},
        "cues": {"type": "object", "propertyNames": {"pattern": "^[A-Z]{3}$"}, "additionalProperties": {"$ref": "#/$defs/words"}},
        "money_words": {"$ref": "#/$defs/words"}, "weights": {"$ref": "#/$defs/words"}
      }
    },
    "records": {
      "required": ["rules"], "additionalProperties": false,
      "properties": {
        "kind": true, "schema": true, "version": true, "doc": {"type": "string"}, "rules": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/record_rule"}},
        "defaults": {"type": "object", "additionalProperties": false, "properties": {
          "status": {"$ref": "#/$defs/status_cues"}, "certainty": {"$ref": "#/$defs/certainty_cues"}, "measure": {"$ref": "#/$defs/measure_cues"},
          "instrument": {"$ref": "#/$defs/cues"}}}
      }
    },
    "cues": {"type": "object", "additionalProperties": {"type": "string"}},
    "status_cues": {"type": "object", "additionalProperties": {"enum": ["sought", "planned", "agreed", "decided", "done", "cancelled"]}},
    "certainty_cues": {"type": "object", "additionalProperties": {"enum": ["asserted", "expected", "possible", "conditional", "denied"]}},
    "measure_cues": {"type": "object", "additionalProperties": {"enum": ["single", "total", "cumulative", "target", "unstated"]}},
    "surroundings": {"type": "object", "additionalProperties": false, "properties": {"sentence": {"type": "string"}, "paragraph": {"type": "string"}}},
    "record_rule": {
      "type": "object", "required": ["id", "kind", "trigger"], "additionalProperties": false,
      "properties": {
        "id": {"type": "string", "minLength": 1}, "kind": {"enum": ["flow", "budget", "borrowing", "result", "project", "agreement", "decision"]}, "doc": {"type": "string"},
        "trigger": {"type": "object", "additionalProperties": false, "properties": {
          "verb": {"$ref": "#/$defs/words"}, "noun": {"$ref": "#/$defs/words"}, "phrase": {"$ref": "#/$defs/words"}}},
        "with": {"$ref": "#/$defs/words"}, "with_required": {"type": "boolean"}, "set": {"type": "object"},
        "slots": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": false, "properties": {
          "type": {"$ref": "#/$defs/words"}, "side": {"enum": ["any", "subject", "object", "before", "after", "by"]}, "prep": {"$ref": "#/$defs/words"},
          "phrase": {"$ref": "#/$defs/words"}, "required": {"type": "boolean"}, "many": {"type": "boolean"}, "near": {"type": "boolean"}}}},
        "status": {"$ref": "#/$defs/status_cues"}, "certainty": {"$ref": "#/$defs/certainty_cues"}, "measure": {"$ref": "#/$defs/measure_cues"},
        "instrument": {"$ref": "#/$defs/cues"}, "metric": {"$ref": "#/$defs/cues"}, "outcome": {"$ref": "#/$defs/cues"},
        "requires": {"$ref": "#/$defs/surroundings"}, "unless": {"$ref": "#/$defs/surroundings"},
        "rank": {"type": "integer"}, "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "examples": {"type": "array", "items": {"type": "object", "required": ["text"]}}, "rejects": {"type": "array", "items": {"type": "object", "required": ["text"]}}
      }
    })json";

std::string whole(std::string_view name, std::string_view head, std::string_view shared) {
  std::string out =
      "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \"urn:tearsheet:" + std::string(name) +
      ":1\",";
  out += head;
  out += shared;
  return out + "\n  }\n}\n";
}

}  // namespace

std::optional<std::string> schema_of(std::string_view name) {
  if (name == "readings") return whole("reading", kReading, kShared);
  if (name == "mentions") return whole("mention", kMention, kShared);
  if (name == "records") return whole("record", kRecord, kShared);
  if (name == "rules") return whole("rules", kRules, kSettings);
  return std::nullopt;
}

}  // namespace tearsheet
