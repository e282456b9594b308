// Parse: front matter off, format found, body to its parser, hints last.
#include "pipeline/parse/parse.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/date_text.h"
#include "base/fold.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/front_matter.h"
#include "pipeline/parse/html.h"
#include "pipeline/parse/markdown.h"
#include "pipeline/parse/plain.h"
#include "pipeline/parse/sniff.h"

namespace tearsheet {
namespace {

constexpr std::size_t kTextAtMost = 0xF0000000;  // a Span counts bytes in 32 bits

constexpr FormatRow kFormats[] = {
    {Format::plain, "plain", "text as it stands, a paragraph a line or parted by blank lines", parse_plain},
    {Format::markdown, "markdown", "CommonMark with tables", parse_markdown},
    {Format::html, "html", "a web page", [](std::string_view body, Article& article) { return parse_html(body, article); }},
};

void put_front(const FrontBlocks& front, Article& article) {
  append_block(article, front.title, Kind::title, Use::title, "front matter");
  append_block(article, front.subtitle, Kind::paragraph, Use::excerpt, "front matter");
  append_block(article, front.excerpt, Kind::paragraph, Use::excerpt, "front matter");
}

void put_related(const FrontBlocks& front, Article& article) {
  for (const FrontRelated& related : front.related) {
    if (Block* block = append_block(article, related.title, Kind::item, Use::related, "front matter"))
      block->published = related.published;
    if (Block* block = append_block(article, related.excerpt, Kind::item, Use::related, "front matter"))
      block->published = related.published;
  }
}

// A hint never beats the article itself, but for the URL.
void put_hints(const Blob& blob, Article& article) {
  Meta& meta = article.meta;
  const Hints& hints = blob.hints;
  const auto put = [&](std::string& into, const std::string& hint, std::string_view name) {
    if (hint.empty() || !into.empty()) return;
    into = hint;
    meta.why.emplace_back(name, "hint");
  };
  put(meta.title, one_line(hints.title), "title");
  put(meta.language, hints.language, "language");
  if (!hints.url.empty()) {
    meta.url = hints.url;
    meta.why.emplace_back("url", "hint");
  }
  put(meta.url, blob.origin.uri, "url");
  if (!meta.published && !hints.published.empty()) {
    const auto read = read_date_text(hints.published);
    if (read && !read->other) {
      meta.published = read->date;
      meta.why.emplace_back("published", "hint");
    } else {
      article.notes.push_back(
          {"N013", fmt::format("published: {} is no date that can be read one way only; left unread", hints.published)});
    }
  }
}

void put_domain(Meta& meta) {
  if (!meta.domain.empty()) return;
  std::string_view host = meta.url;
  const auto scheme = host.find("://");
  if (scheme == std::string_view::npos) return;
  host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  if (host.starts_with("www.")) host.remove_prefix(4);
  meta.domain = lower_ascii(host);
}

// Text that must stay as it is: its head is marked where it stands, the rest cut as plain text.
Result<void> parse_kept(const Blob& blob, Article& article) {
  const auto front = peel(blob.bytes, article.notes);
  if (!front) return parse_plain(blob.bytes, article);
  const FrontBlocks found = read_front_matter(*front, blob.origin.path, article);
  Article body;
  body.meta.title = article.meta.title;
  if (auto done = parse_plain(blob.bytes, body); !done) return done;
  article.text = std::move(body.text);
  mark_front_matter(*front, found, article);
  const auto begin = static_cast<std::uint32_t>(blob.bytes.size() - front->body.size());
  for (Block& block : body.blocks)
    if (block.span.begin >= begin) article.blocks.push_back(std::move(block));
  return {};
}

Result<void> parse_body(std::string_view body, Article& article, const SiteRules* sites) {
  if (trim(body).empty()) return {};
  if (article.format == Format::html) return parse_html(body, article, sites);
  for (const FormatRow& row : kFormats)
    if (row.format == article.format) return row.parse(body, article);
  return parse_plain(body, article);
}

Result<void> parse_built(const Blob& blob, Article& article, const SiteRules* sites) {
  FrontBlocks found;
  std::string_view body = blob.bytes;
  if (blob.format != Format::html)
    if (const auto front = peel(blob.bytes, article.notes)) {
      found = read_front_matter(*front, blob.origin.path, article);
      body = front->body;
    }
  if (trim(body).empty() && !found.body.empty()) {
    body = found.body;
    article.meta.why.emplace_back("body", "front matter");
  }
  article.format = blob.format == Format::sniff ? sniff_text(body, blob.content_type, blob.origin.path) : blob.format;
  put_front(found, article);
  if (auto done = parse_body(body, article, sites); !done) return done;
  put_related(found, article);
  return {};
}

}  // namespace

const std::vector<FormatRow>& formats() {
  static const std::vector<FormatRow> rows(std::begin(kFormats), std::end(kFormats));
  return rows;
}

Format sniff(const Blob& blob) {
  if (blob.format != Format::sniff) return blob.format;
  std::vector<Note> ignored;
  const auto front = peel(blob.bytes, ignored);
  return sniff_text(front ? front->body : std::string_view(blob.bytes), blob.content_type, blob.origin.path);
}

Result<Article> parse(const Blob& blob, const SiteRules* sites) {
  if (blob.bytes.size() > kTextAtMost)
    return fail("I006", "the text is larger than 3.7 GB, more than spans can count", "cut it, or set --max-bytes");
  Article article;
  article.origin = blob.origin;
  article.format = blob.keep_text ? Format::plain : blob.format;
  if (auto done = blob.keep_text ? parse_kept(blob, article) : parse_built(blob, article, sites); !done)
    return tl::unexpected(std::move(done.error()));
  put_hints(blob, article);
  put_domain(article.meta);
  if (article.blocks.empty())
    return fail("I005", fmt::format("nothing to read: the {} holds no text of an article", to_string(article.format)),
                "look whether it is a frame, a consent page or built by scripts; `tearsheet show` prints what was kept");
  return article;
}

}  // namespace tearsheet
