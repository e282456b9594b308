// Run wire: blobs and answers of --isolate as bytes between two processes of one program.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tearsheet/blob.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// What a document gave, for the writer.
struct Answer {
  std::string rendered;
  std::optional<Error> error;
  std::uint64_t mentions = 0, records = 0;
  std::map<std::string, std::uint64_t> types;  // mentions by type
};

/// Both ends are the same program, so there is no version and no byte order; what is cut short comes out empty.
std::string to_wire(const Blob& blob);
Blob blob_from_wire(std::string_view bytes);
std::string to_wire(const Answer& answer);
Answer answer_from_wire(std::string_view bytes);

}  // namespace tearsheet
