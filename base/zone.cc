// Zone: the offset of a named time zone at a local time, by ICU's copy of the IANA data.
#include "base/zone.h"

#include <unicode/ucal.h>

#include <array>

namespace tearsheet {

std::optional<std::int16_t> zone_offset_min(std::string_view zone, std::int64_t local_s) {
  std::array<UChar, 64> name{};
  if (zone.empty() || zone.size() >= name.size()) return std::nullopt;
  for (std::size_t i = 0; i < zone.size(); ++i) {
    if ((zone[i] & 0x80) != 0) return std::nullopt;
    name[i] = static_cast<UChar>(zone[i]);
  }
  UErrorCode status = U_ZERO_ERROR;
  std::array<UChar, 64> canonical{};
  UBool is_system = false;
  ucal_getCanonicalTimeZoneID(name.data(), static_cast<std::int32_t>(zone.size()), canonical.data(),
                              static_cast<std::int32_t>(canonical.size()), &is_system, &status);
  if (U_FAILURE(status) || is_system == 0) return std::nullopt;
  UCalendar* calendar = ucal_open(name.data(), static_cast<std::int32_t>(zone.size()), "en", UCAL_GREGORIAN, &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::int32_t raw = 0, saving = 0;
  ucal_setMillis(calendar, static_cast<double>(local_s) * 1000, &status);
  ucal_getTimeZoneOffsetFromLocal(calendar, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw, &saving, &status);
  ucal_close(calendar);
  if (U_FAILURE(status)) return std::nullopt;
  return static_cast<std::int16_t>((raw + saving) / 60000);
}

}  // namespace tearsheet
