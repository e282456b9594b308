// Captions: picture credits with the caption glued behind them.
#pragma once

#include "tearsheet/article.h"

namespace tearsheet {

/// Cuts "... for IBMAn alliance" and "Joana FordAn electric furnace" in caption blocks in two: at the words with which the next
/// block begins, else where a small letter or a run of capitals meets a capitalised word. Both stay captions. Cost: linear in the
/// captions.
void split_captions(Article& article);

}  // namespace tearsheet
