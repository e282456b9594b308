// Unpack: zlib for gzip, libzstd for zstd, both by streaming so that a bomb stops at the cap.
#include "pipeline/decode_unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

#include <fmt/format.h>

namespace tearsheet::unpack {
namespace {

constexpr std::size_t kStep = 256u << 10;

tl::unexpected<Error> broken(Packing packing, std::string_view why) {
  return fail(
      "I001", fmt::format("the {} data cannot be unpacked: {}", to_string(packing), why),
      fmt::format("the file is damaged or was cut short; fetch it again, or test it with `{} -t FILE`", to_string(packing)));
}

// Makes room for one more step, never beyond one byte over the limit (that byte tells "cut").
bool grow(std::string& out, std::size_t used, std::size_t limit) {
  if (used > limit) return false;
  const std::size_t step = std::max(kStep, used);  // doubling: linear in all
  out.resize(used + std::min(step, limit + 1 - used));
  return true;
}

Unpacked finish(std::string out, std::size_t used, std::size_t limit) {
  const bool cut = used > limit;
  out.resize(std::min(used, limit));
  return {std::move(out), cut};
}

struct EndInflate {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

Result<Unpacked> gunzip(std::string_view bytes, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return broken(Packing::gzip, "no memory");
  const std::unique_ptr<z_stream, EndInflate> guard(&stream);
  std::string out;
  std::size_t used = 0;
  std::size_t read = 0;
  while (true) {
    if (stream.avail_in == 0) {
      const std::size_t part = std::min<std::size_t>(bytes.size() - read, 1u << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + read));  // zlib's API predates const
      stream.avail_in = static_cast<uInt>(part);
      read += part;
    }
    if (used == out.size() && !grow(out, used, limit)) break;
    const std::size_t room = std::min<std::size_t>(out.size() - used, 1u << 30);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    stream.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream, Z_NO_FLUSH);
    used += room - stream.avail_out;
    if (code == Z_STREAM_END) {
      const std::size_t left = bytes.size() - read + stream.avail_in;
      // A second member may follow; padding after the last one is no fault (gzip(1) ignores it, too).
      if (left < 2 || packing_of(bytes.substr(bytes.size() - left)) != Packing::gzip) break;
      inflateReset(&stream);
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return broken(Packing::gzip, stream.msg != nullptr ? stream.msg : "bad data");
    } else if (stream.avail_in == 0 && read == bytes.size() && stream.avail_out != 0) {
      return broken(Packing::gzip, "it ends early");
    }
  }
  return finish(std::move(out), used, limit);
}

struct FreeZstd {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

Result<Unpacked> unzstd(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<ZSTD_DStream, FreeZstd> stream(ZSTD_createDStream());
  if (!stream) return broken(Packing::zstd, "no memory");
  ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, 27);  // 128 MB: zstd's own default for streams
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string out;
  std::size_t used = 0;
  while (true) {
    if (used == out.size() && !grow(out, used, limit)) break;
    ZSTD_outBuffer room{out.data(), out.size(), used};
    const std::size_t left = ZSTD_decompressStream(stream.get(), &room, &in);
    if (ZSTD_isError(left) != 0) return broken(Packing::zstd, ZSTD_getErrorName(left));
    used = room.pos;
    if (in.pos == in.size && left == 0) break;
    if (in.pos == in.size && room.pos < room.size) return broken(Packing::zstd, "it ends early");
  }
  return finish(std::move(out), used, limit);
}

}  // namespace

Packing packing_of(std::string_view bytes) {
  if (bytes.starts_with("\x1f\x8b")) return Packing::gzip;
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) return Packing::zstd;
  return Packing::none;
}

std::string_view to_string(Packing packing) {
  return packing == Packing::gzip ? "gzip" : packing == Packing::zstd ? "zstd" : "none";
}

Result<Unpacked> all(std::string_view bytes, Packing packing, std::size_t limit_bytes) {
  if (packing == Packing::gzip) return gunzip(bytes, limit_bytes);
  if (packing == Packing::zstd) return unzstd(bytes, limit_bytes);
  return Unpacked{std::string(bytes.substr(0, limit_bytes)), bytes.size() > limit_bytes};
}

}  // namespace tearsheet::unpack
