// Unpack: zlib for gzip, libzstd for zstd, both as streams so that a bomb stops at the cap.
#include "base/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>

#include <fmt/format.h>

namespace tearsheet::unpack {
namespace {

tl::unexpected<Error> broken(Packing packing, std::string_view why) {
  return fail("I001", fmt::format("the {} data cannot be unpacked: {}", to_string(packing), why),
              fmt::format("it is damaged or was cut short; fetch it again, or test it with `{} -t FILE`", to_string(packing)));
}

struct EndInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};
struct FreeZstd {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

}  // namespace

struct Unpacker::State {
  Packing packing = Packing::none;
  std::unique_ptr<z_stream, EndInflate> gzip;
  std::unique_ptr<ZSTD_DStream, FreeZstd> zstd;
  bool complete = false;  // between two members or frames
  bool padding = false;   // what follows is none
  std::size_t members = 0;

  Result<void> gunzip(std::string_view& in, std::string& out, std::size_t room);
  Result<void> unzstd(std::string_view& in, std::string& out, std::size_t room);
};

Unpacker::Unpacker(Packing packing) : state_(std::make_unique<State>()) {
  state_->packing = packing;
  if (packing == Packing::gzip) {
    state_->gzip = std::unique_ptr<z_stream, EndInflate>(new z_stream{});
    if (inflateInit2(state_->gzip.get(), 15 + 16) != Z_OK) state_->gzip.reset();
  } else if (packing == Packing::zstd) {
    state_->zstd.reset(ZSTD_createDStream());
    if (state_->zstd)
      ZSTD_DCtx_setParameter(state_->zstd.get(), ZSTD_d_windowLogMax, 27);  // 128 MB: zstd's own default for streams
  }
}
Unpacker::~Unpacker() = default;
Unpacker::Unpacker(Unpacker&&) noexcept = default;
Unpacker& Unpacker::operator=(Unpacker&&) noexcept = default;

Result<void> Unpacker::State::gunzip(std::string_view& in, std::string& out, std::size_t room) {
  if (!gzip) return broken(packing, "no memory");
  if (complete && !in.empty()) {
    inflateReset(gzip.get());
    complete = false;
  }
  const std::size_t used = out.size();
  room = std::min<std::size_t>(room, 1u << 30);
  out.resize(used + room);
  const auto given = static_cast<uInt>(std::min<std::size_t>(in.size(), 1u << 30));
  gzip->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // zlib's API predates const
  gzip->avail_in = given;
  gzip->next_out = reinterpret_cast<Bytef*>(out.data() + used);
  gzip->avail_out = static_cast<uInt>(room);
  const int code = inflate(gzip.get(), Z_NO_FLUSH);
  out.resize(used + room - gzip->avail_out);
  in.remove_prefix(given - gzip->avail_in);
  if (code == Z_STREAM_END) {
    complete = true;
    ++members;
  } else if (code != Z_OK && code != Z_BUF_ERROR) {
    if (members == 0 || gzip->total_out != 0) return broken(packing, gzip->msg != nullptr ? gzip->msg : "bad data");
    padding = true;  // gzip(1) passes over it, too
    in = {};
  }
  return {};
}

Result<void> Unpacker::State::unzstd(std::string_view& in, std::string& out, std::size_t room) {
  if (!zstd) return broken(packing, "no memory");
  const std::size_t used = out.size();
  out.resize(used + room);
  ZSTD_inBuffer from{in.data(), in.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), used};
  const std::size_t left = ZSTD_decompressStream(zstd.get(), &to, &from);
  out.resize(to.pos);
  in.remove_prefix(from.pos);
  if (ZSTD_isError(left) != 0) return broken(packing, ZSTD_getErrorName(left));
  complete = left == 0;
  return {};
}

Result<void> Unpacker::feed(std::string_view& in, std::string& out, std::size_t room_bytes) {
  if (state_->padding) {
    in = {};
    return {};
  }
  if (state_->packing == Packing::gzip) return state_->gunzip(in, out, room_bytes);
  if (state_->packing == Packing::zstd) return state_->unzstd(in, out, room_bytes);
  const std::size_t part = std::min(in.size(), room_bytes);
  out.append(in.substr(0, part));
  in.remove_prefix(part);
  return {};
}

Result<void> Unpacker::end() const {
  const State& state = *state_;
  if (state.packing == Packing::none || state.complete || state.padding) return {};
  if (state.packing == Packing::gzip && state.members > 0 && state.gzip->total_out == 0) return {};  // a byte or two of padding
  return broken(state.packing, "it ends early");
}

Packing packing_of(std::string_view bytes) {
  if (bytes.starts_with("\x1f\x8b")) return Packing::gzip;
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) return Packing::zstd;
  return Packing::none;
}

std::string_view to_string(Packing packing) {
  return packing == Packing::gzip ? "gzip" : packing == Packing::zstd ? "zstd" : "none";
}

Result<Unpacked> all(std::string_view bytes, Packing packing, std::size_t limit_bytes) {
  Unpacker unpacker(packing);
  Unpacked result;
  while (result.bytes.size() <= limit_bytes) {
    const std::size_t before = result.bytes.size();
    const std::size_t room = std::min(std::max<std::size_t>(before, 64u << 10), limit_bytes + 1 - before);
    if (auto done = unpacker.feed(bytes, result.bytes, room); !done) return tl::unexpected(std::move(done.error()));
    if (bytes.empty() && result.bytes.size() - before < room) {
      if (auto done = unpacker.end(); !done) return tl::unexpected(std::move(done.error()));
      return result;
    }
  }
  result.cut = true;
  result.bytes.resize(limit_bytes);
  return result;
}

}  // namespace tearsheet::unpack
