// Frame: rows for several tables as bytes, so that workers render them and one writer inserts them.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tearsheet {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// Appends rows: table number, cell count, then each cell with its type. Only ever read by the process that wrote it.
class FrameWriter {
 public:
  void row(std::uint8_t table, const std::vector<Cell>& cells) {
    bytes_ += static_cast<char>(table);
    bytes_ += static_cast<char>(cells.size());
    for (const Cell& cell : cells) {
      bytes_ += static_cast<char>(cell.index());
      if (const auto* number = std::get_if<std::int64_t>(&cell))
        raw(*number);
      else if (const auto* real = std::get_if<double>(&cell))
        raw(*real);
      else if (const auto* text = std::get_if<std::string_view>(&cell)) {
        raw(static_cast<std::uint64_t>(text->size()));
        bytes_ += *text;
      }
    }
  }
  std::string take() { return std::move(bytes_); }

 private:
  template <class T>
  void raw(T value) {
    char copy[sizeof value];
    std::memcpy(copy, &value, sizeof value);
    bytes_.append(copy, sizeof value);
  }
  std::string bytes_;
};

/// Walks what a FrameWriter wrote. Cells view the bytes.
class FrameReader {
 public:
  explicit FrameReader(std::string_view bytes) : bytes_(bytes) {}
  /// The next row's table, its cells in `cells`; nothing at the end.
  std::optional<std::uint8_t> next(std::vector<Cell>& cells) {
    if (bytes_.empty()) return std::nullopt;
    const auto table = static_cast<std::uint8_t>(byte());
    cells.resize(static_cast<std::uint8_t>(byte()));
    for (Cell& cell : cells) {
      switch (byte()) {
        case 1:
          cell = raw<std::int64_t>();
          break;
        case 2:
          cell = raw<double>();
          break;
        case 3: {
          const auto size = static_cast<std::size_t>(raw<std::uint64_t>());
          cell = bytes_.substr(0, size);
          bytes_.remove_prefix(size);
          break;
        }
        default:
          cell = std::monostate();
          break;
      }
    }
    return table;
  }

 private:
  char byte() {
    const char c = bytes_.front();
    bytes_.remove_prefix(1);
    return c;
  }
  template <class T>
  T raw() {
    T value;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view bytes_;
};

}  // namespace tearsheet
