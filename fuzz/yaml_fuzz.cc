// Fuzz: YAML of front matter: no crash, no throw, limits hold, and errors have a place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/yaml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tree = tearsheet::yaml::parse({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (!tree && tree.error().place.line == 0) std::abort();
  return 0;
}
