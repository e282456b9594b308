// Unpack: gzip and zstd to plain bytes, whole or as a stream, with a cap on what comes out.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "tearsheet/error.h"

namespace tearsheet::unpack {

enum class Packing { none, gzip, zstd };

/// By the first bytes.
Packing packing_of(std::string_view bytes);
std::string_view to_string(Packing packing);

/// Unpacks a stream piece by piece: all members or frames one after another; padding behind the last is passed over.
class Unpacker {
 public:
  explicit Unpacker(Packing packing);
  ~Unpacker();
  Unpacker(Unpacker&&) noexcept;
  Unpacker& operator=(Unpacker&&) noexcept;

  /// Takes bytes from the front of `in` and appends at most `room_bytes` (> 0) of plain bytes to `out`. Call again while bytes
  /// are left in `in` or all of the room was used. Fails with I001 where the packed data is broken.
  Result<void> feed(std::string_view& in, std::string& out, std::size_t room_bytes);
  /// After the last piece: fails with I001 where the packed data ends early.
  Result<void> end() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Unpacked {
  std::string bytes;
  bool cut = false;  // there was more than `limit_bytes`
};

/// The whole of `bytes`. Stops at `limit_bytes`: 500 bytes of gzip can hold 200 MB. Fails with I001. Cost: linear in what comes
/// out.
Result<Unpacked> all(std::string_view bytes, Packing packing, std::size_t limit_bytes);

}  // namespace tearsheet::unpack
