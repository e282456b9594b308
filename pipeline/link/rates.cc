// Rates: how much of a currency a US dollar has bought, roughly, for telling a conversion from a wrong scale word.
#include "pipeline/link/rates.h"

#include <algorithm>
#include <iterator>

namespace tearsheet {
namespace {

struct Rate {
  std::string_view currency;
  double per_dollar;
};

// Orders of magnitude only, and currencies that have not lost more than a factor of ten within 25 years: a wrong scale word is off by a thousand.
constexpr Rate kRates[] = {
    {"USD", 1},      {"EUR", 0.87},   {"GBP", 0.66},  {"JPY", 112},   {"CNY", 7.2},    {"CHF", 1.05},  {"CAD", 1.25},   {"AUD", 1.35},  {"NZD", 1.5},    {"HKD", 7.8},
    {"SGD", 1.45},   {"TWD", 31},     {"KRW", 1150},  {"INR", 58},    {"PKR", 110},    {"BDT", 82},    {"LKR", 140},    {"NPR", 95},    {"THB", 35},     {"MYR", 3.9},
    {"IDR", 11500},  {"PHP", 50},     {"VND", 20000}, {"SEK", 8.6},   {"NOK", 7.8},    {"DKK", 6.5},   {"ISK", 110},    {"PLN", 3.7},   {"CZK", 23},     {"HUF", 260},
    {"RON", 3.9},    {"BGN", 1.7},    {"ILS", 3.8},   {"AED", 3.67},  {"SAR", 3.75},   {"QAR", 3.64},  {"KWD", 0.3},    {"BHD", 0.376}, {"OMR", 0.385},  {"JOD", 0.709},
    {"EGP", 14},     {"ZAR", 11},     {"NGN", 250},   {"KES", 90},    {"GHS", 4},      {"TZS", 1900},  {"UGX", 2900},   {"NAD", 11},    {"BWP", 8.5},    {"MAD", 9.4},
    {"BRL", 3},      {"MXN", 15},     {"CLP", 650},   {"COP", 2800},  {"PEN", 3.3},    {"UYU", 29},    {"RUB", 45},     {"UAH", 16},    {"KZT", 230},    {"TRY", 4},
    {"DEM", 1.8},    {"FRF", 6},      {"ITL", 1750},  {"ESP", 150},   {"NLG", 2},      {"FIM", 5.3},   {"XAF", 580},    {"XOF", 580},   {"ETB", 22},     {"ZMW", 11},
    {"MMK", 1300},   {"KHR", 4000},   {"MOP", 8},     {"LAK", 9500},  {"MNT", 1900},   {"GEL", 2.2},   {"AMD", 450},    {"AZN", 1.3},   {"UZS", 5000},   {"RSD", 90},
};

}  // namespace

double typical_rate(std::string_view currency) {
  const auto at = std::find_if(std::begin(kRates), std::end(kRates), [&](const Rate& row) { return row.currency == currency; });
  return at == std::end(kRates) ? 0 : at->per_dollar;
}

bool is_plausible(std::string_view left_currency, double left, std::string_view right_currency, double right, double slack) {
  const double a = typical_rate(left_currency), b = typical_rate(right_currency);
  if (a == 0 || b == 0 || left <= 0 || right <= 0) return true;
  const double off = (left / a) / (right / b);
  return off < slack && off > 1 / slack;
}

}  // namespace tearsheet
