// Number words: the words and letters that numbers are built of.
#include "extractors/number_word.h"

namespace tearsheet {
namespace {

// tests/extractors/number_test.cc holds these against rules/lexicons/scale.tsv and number_word.tsv.
using Class = NumberWord::Class;

constexpr NumberWord kWords[] = {
    {"a", Class::article, 1, 0, false},
    {"an", Class::article, 1, 0, false},
    {"zero", Class::unit, 0, 0, false},
    {"nil", Class::unit, 0, 0, false},
    {"nought", Class::unit, 0, 0, false},
    {"one", Class::unit, 1, 0, false},
    {"two", Class::unit, 2, 0, false},
    {"three", Class::unit, 3, 0, false},
    {"four", Class::unit, 4, 0, false},
    {"five", Class::unit, 5, 0, false},
    {"six", Class::unit, 6, 0, false},
    {"seven", Class::unit, 7, 0, false},
    {"eight", Class::unit, 8, 0, false},
    {"nine", Class::unit, 9, 0, false},
    {"ten", Class::teen, 10, 0, false},
    {"eleven", Class::teen, 11, 0, false},
    {"twelve", Class::teen, 12, 0, false},
    {"thirteen", Class::teen, 13, 0, false},
    {"fourteen", Class::teen, 14, 0, false},
    {"fifteen", Class::teen, 15, 0, false},
    {"sixteen", Class::teen, 16, 0, false},
    {"seventeen", Class::teen, 17, 0, false},
    {"eighteen", Class::teen, 18, 0, false},
    {"nineteen", Class::teen, 19, 0, false},
    {"twenty", Class::tens, 20, 0, false},
    {"thirty", Class::tens, 30, 0, false},
    {"forty", Class::tens, 40, 0, false},
    {"fourty", Class::tens, 40, 0, false},
    {"fifty", Class::tens, 50, 0, false},
    {"sixty", Class::tens, 60, 0, false},
    {"seventy", Class::tens, 70, 0, false},
    {"eighty", Class::tens, 80, 0, false},
    {"ninety", Class::tens, 90, 0, false},
    {"half", Class::fraction, 5, -1, false},
    {"halves", Class::fraction, 5, -1, false},
    {"quarter", Class::fraction, 25, -2, false},
    {"quarters", Class::fraction, 25, -2, false},
    {"fourth", Class::fraction, 25, -2, false},
    {"fourths", Class::fraction, 25, -2, false},
    {"fifth", Class::fraction, 2, -1, false},
    {"fifths", Class::fraction, 2, -1, false},
    {"eighth", Class::fraction, 125, -3, false},
    {"eighths", Class::fraction, 125, -3, false},
    {"tenth", Class::fraction, 1, -1, false},
    {"tenths", Class::fraction, 1, -1, false},
    {"dozen", Class::mult, 12, 0, false},
    {"dozens", Class::mult, 12, 0, false},
    {"hundred", Class::mult, 1, 2, false},
    {"hundreds", Class::mult, 1, 2, false},
    {"thousand", Class::scale, 1, 3, false},
    {"thousands", Class::scale, 1, 3, false},
    {"grand", Class::scale, 1, 3, false},
    {"k", Class::scale, 1, 3, true},
    {"th.", Class::scale, 1, 3, true},
    {"thsd", Class::scale, 1, 3, true},
    {"tsd", Class::scale, 1, 3, true},
    {"tsd.", Class::scale, 1, 3, true},
    {"thou", Class::scale, 1, 3, true},
    {"lakh", Class::scale, 1, 5, false},
    {"lakhs", Class::scale, 1, 5, false},
    {"lac", Class::scale, 1, 5, false},
    {"lacs", Class::scale, 1, 5, false},
    {"lkh", Class::scale, 1, 5, true},
    {"l", Class::scale, 1, 5, true},
    {"million", Class::scale, 1, 6, false},
    {"millions", Class::scale, 1, 6, false},
    {"millon", Class::scale, 1, 6, false},
    {"millió", Class::scale, 1, 6, false},
    {"m", Class::scale, 1, 6, true},
    {"mn", Class::scale, 1, 6, true},
    {"mn.", Class::scale, 1, 6, true},
    {"mln", Class::scale, 1, 6, true},
    {"mln.", Class::scale, 1, 6, true},
    {"mil", Class::scale, 1, 6, true},
    {"mil.", Class::scale, 1, 6, true},
    {"mio", Class::scale, 1, 6, true},
    {"mio.", Class::scale, 1, 6, true},
    {"mm", Class::scale, 1, 6, true},
    {"mill.", Class::scale, 1, 6, true},
    {"crore", Class::scale, 1, 7, false},
    {"crores", Class::scale, 1, 7, false},
    {"cr", Class::scale, 1, 7, true},
    {"cr.", Class::scale, 1, 7, true},
    {"crs", Class::scale, 1, 7, true},
    {"billion", Class::scale, 1, 9, false},
    {"billions", Class::scale, 1, 9, false},
    {"milliard", Class::scale, 1, 9, false},
    {"milliards", Class::scale, 1, 9, false},
    {"b", Class::scale, 1, 9, true},
    {"bn", Class::scale, 1, 9, true},
    {"bn.", Class::scale, 1, 9, true},
    {"bln", Class::scale, 1, 9, true},
    {"bln.", Class::scale, 1, 9, true},
    {"bil", Class::scale, 1, 9, true},
    {"bil.", Class::scale, 1, 9, true},
    {"bio", Class::scale, 1, 9, true},
    {"bio.", Class::scale, 1, 9, true},
    {"mrd", Class::scale, 1, 9, true},
    {"mrd.", Class::scale, 1, 9, true},
    {"mld", Class::scale, 1, 9, true},
    {"mld.", Class::scale, 1, 9, true},
    {"trillion", Class::scale, 1, 12, false},
    {"trillions", Class::scale, 1, 12, false},
    {"t", Class::scale, 1, 12, true},
    {"tn", Class::scale, 1, 12, true},
    {"tn.", Class::scale, 1, 12, true},
    {"trn", Class::scale, 1, 12, true},
    {"trn.", Class::scale, 1, 12, true},
    {"trln", Class::scale, 1, 12, true},
    {"trln.", Class::scale, 1, 12, true},
    {"tln", Class::scale, 1, 12, true},
    {"tril", Class::scale, 1, 12, true},
    {"tril.", Class::scale, 1, 12, true},
    {"quadrillion", Class::scale, 1, 15, false},
    {"quadrillions", Class::scale, 1, 15, false},
    {"quadn", Class::scale, 1, 15, true},
    {"qn", Class::scale, 1, 15, true},
    {"quintillion", Class::scale, 1, 18, false},
    {"quintillions", Class::scale, 1, 18, false},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool equals_low(std::string_view word, std::string_view low) {
  if (word.size() != low.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(word[i]) != low[i]) return false;
  return true;
}

const NumberWord* find_number_word(std::string_view word) {
  for (const NumberWord& row : kWords)
    if (equals_low(word, row.word)) return &row;
  return nullptr;
}

}  // namespace tearsheet
