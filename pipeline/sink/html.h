// HTML: one page for people that opens from disk: articles with coloured spans, tables, a timeline, filters.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/sink/sink.h"

namespace tearsheet {

/// `text` for HTML, inside of elements and of attributes in double quotes. Control characters become U+FFFD.
std::string html_escaped(std::string_view text);

/// One self-contained page: no network, no file beside it; only http(s) links are links. Articles can be read without scripts; tables, the timeline of
/// amounts by company and the filters are made by the page's own script from what the spans carry.
Result<std::unique_ptr<Sink>> make_html(const std::string& path, const SinkOptions& options);

}  // namespace tearsheet
