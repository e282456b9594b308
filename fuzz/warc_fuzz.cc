// Fuzz: archives; whatever the bytes, records come out or are counted as lost, in memory of one record.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "pipeline/fetch/warc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path = "/tmp/tearsheet_warc_fuzz_" + std::to_string(::getpid());
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  auto reader = tearsheet::warc::Reader::open(path, 1u << 20);
  if (!reader) return 0;
  std::size_t count = 0;
  while (auto record = reader->next()) {
    if (record->block.size() > (1u << 20)) std::abort();
    (void)tearsheet::warc::page_of(std::move(*record), 1u << 20);
    if (++count > size) std::abort();  // a record has a head of its own
  }
  return 0;
}
