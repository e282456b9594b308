// Registry: the one table of readers.
#include "extractors/registry.h"

#include <vector>

#include "extractors/money.h"
#include "extractors/node.h"

namespace tearsheet {

std::span<const ReaderRow> readers() {
  static const std::vector<ReaderRow> kReaders = {
      {"money", "amounts with their currency: number, scale and unit joined, qualifiers read, currency decided by evidence", make_money_reader},
      {"node", "process nodes of chips: lengths and makers' names in nanometres", make_node_reader},
  };
  return kReaders;
}

}  // namespace tearsheet
