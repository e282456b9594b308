// Zone: the offset of a named time zone at a local time, by ICU's copy of the IANA data.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tearsheet {

/// Minutes east of UTC in `zone` ("Europe/Brussels") at a local time, `local_s` being seconds since 1970 as if that time were
/// UTC. Where a clock change makes the time ambiguous, the first. Nothing for a zone nobody knows.
std::optional<std::int16_t> zone_offset_min(std::string_view zone, std::int64_t local_s);

}  // namespace tearsheet
