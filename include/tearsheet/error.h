// Errors and notes: what went wrong, where, and what to do next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace tearsheet {

/// A position in a file that a person edits or gave us. `line` and `column` count from 1
/// (columns in code points); 0 means "not known". `file` may be empty.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool operator==(const Place&) const = default;
};

/// Something that failed. `code` is stable and short ("R007", "I012"); `what` says what is wrong in
/// one sentence without a full stop; `help` says what to do next and may be empty.
/// `excerpt` is the offending source line with its caret line, ready to print, or empty.
struct Error {
  std::string code;
  std::string what;
  Place place;
  std::string help;
  std::string excerpt;

  bool operator==(const Error&) const = default;
};

/// Something worth knowing that is no failure: a repaired charset, a cut document.
/// Codes begin with N; docs/records.md lists them.
struct Note {
  std::string code;
  std::string what;

  bool operator==(const Note&) const = default;
};

/// What may fail. Nothing throws through a door of this library.
template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for a failure without a place.
inline tl::unexpected<Error> fail(std::string code, std::string what, std::string help = {}) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(what), {}, std::move(help), {}});
}

/// "file:line:column: error[CODE]: what", the excerpt and the help, as the terminal shows it.
std::string to_text(const Error& error, std::string_view level = "error");

}  // namespace tearsheet
