// HTML page: what stands around the articles of a report.
#pragma once

#include <string_view>

namespace tearsheet {

/// From the doctype to the open element that articles go into, and from there to the end. Constants; valid HTML with any number of articles between.
std::string_view html_page_head();
std::string_view html_page_tail();

}  // namespace tearsheet
