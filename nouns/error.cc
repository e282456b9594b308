// Errors as a terminal shows them.
#include "tearsheet/error.h"

#include <string_view>

namespace tearsheet {
namespace {

// Names and messages may quote an article. What would move a cursor or colour a terminal is shown as '?': C0 but the line
// feed, DEL, and the C1 controls (0xC2 0x80..0x9F).
void append_shown(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto after = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    if (byte == 0xC2 && after >= 0x80 && after < 0xA0) {
      out += '?';
      ++i;
    } else if ((byte < 0x20 && byte != '\n') || byte == 0x7F) {
      out += '?';
    } else {
      out += text[i];
    }
  }
}

void append_place(std::string& out, const Place& place) {
  if (place.file.empty() && place.line == 0) return;
  append_shown(out, place.file.empty() ? std::string_view("line") : std::string_view(place.file));
  out += place.file.empty() ? ' ' : ':';
  if (place.line != 0) {
    out += std::to_string(place.line);
    out += ':';
    if (place.column != 0) {
      out += std::to_string(place.column);
      out += ':';
    }
  }
  out += ' ';
}

}  // namespace

std::string to_text(const Error& error, std::string_view level) {
  std::string out;
  append_place(out, error.place);
  out += level;
  if (!error.code.empty()) {
    out += '[';
    out += error.code;
    out += ']';
  }
  out += ": ";
  append_shown(out, error.what);
  if (!error.excerpt.empty()) {
    out += '\n';
    append_shown(out, error.excerpt);
  }
  if (!error.help.empty()) {
    out += "\n  help: ";
    append_shown(out, error.help);
  }
  return out;
}

}  // namespace tearsheet
