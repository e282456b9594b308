// Language: of the body, by CLD2, where nothing declares it. The one door to CLD2.
#pragma once

#include "tearsheet/article.h"

namespace tearsheet {

/// Fills meta.language where it is empty and CLD2 is sure; else leaves it empty. Reads the first 512 bytes of own text. Safe from
/// any thread.
void settle_language(Article& article);

}  // namespace tearsheet
