// HTML names: words in sorted tables; pairs of words where one alone says too little.
#include "pipeline/parse/html_names.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tearsheet {
namespace {

struct Word {
  std::string_view word;
  std::uint32_t bits;
};

constexpr std::uint32_t kF = kFurnitureName;
constexpr std::uint32_t kD = kDoubtfulName;

// Sorted; several languages, as class names follow the newsroom's.
constexpr Word kWords[] = {
    {"ad", kF},
    {"ads", kF},
    {"adslot", kF},
    {"advert", kF},
    {"advertisement", kF},
    {"advertising", kF},
    {"advertorial", kF},
    {"alsolike", kF},
    {"articlebody", kBodyName},
    {"articlecontent", kBodyName},
    {"articledate", kDateName},
    {"articletext", kBodyName},
    {"articulotexto", kBodyName},
    {"aside", kD},
    {"auteur", kAuthorName},
    {"author", kAuthorName},
    {"authorbio", kF | kAuthorBox},
    {"authorbox", kF | kAuthorBox},
    {"authors", kAuthorName},
    {"autor", kAuthorName},
    {"autore", kAuthorName},
    {"autores", kAuthorName},
    {"banner", kD},
    {"bildunterschrift", kCaptionName},
    {"bio", kD | kAuthorBox},
    {"biography", kD | kAuthorBox},
    {"breadcrumb", kF},
    {"breadcrumbs", kF},
    {"byline", kAuthorName},
    {"bylines", kAuthorName},
    {"caption", kCaptionName},
    {"carousel", kF},
    {"comment", kD},
    {"commentlist", kF},
    {"comments", kF},
    {"consent", kF},
    {"contributor", kAuthorName},
    {"cookie", kF},
    {"cookies", kF},
    {"copyright", kF},
    {"correspondent", kAuthorName},
    {"credit", kCaptionName},
    {"credits", kCaptionName},
    {"date", kDateName},
    {"dateline", kDateName},
    {"datepublished", kDateName},
    {"datetime", kDateName},
    {"datum", kDateName},
    {"dek", kStandfirstName},
    {"disclaimer", kD},
    {"disqus", kF},
    {"entrycontent", kBodyName},
    {"fecha", kDateName},
    {"footer", kF},
    {"gdpr", kF},
    {"imagecaption", kCaptionName},
    {"instagram", kD},
    {"kommentare", kF},
    {"lead", kStandfirstName},
    {"lede", kStandfirstName},
    {"lightbox", kF},
    {"login", kF},
    {"marketing", kD},
    {"masthead", kF},
    {"menu", kF},
    {"meta", kDateName},
    {"modal", kF},
    {"modified", kDateName},
    {"morefrom", kF},
    {"morenews", kF},
    {"mostread", kF},
    {"nav", kF},
    {"navbar", kF},
    {"navigation", kF},
    {"newsletter", kF},
    {"newsletters", kF},
    {"outbrain", kF},
    {"overlay", kD},
    {"pager", kF},
    {"pagination", kF},
    {"paid", kPaidName},
    {"paywall", kPaidName},
    {"poll", kF},
    {"popular", kD},
    {"popup", kF},
    {"postcontent", kBodyName},
    {"postdate", kDateName},
    {"posted", kDateName},
    {"premium", kPaidName},
    {"promo", kD},
    {"promos", kD},
    {"promotion", kD},
    {"pubdate", kDateName},
    {"publication", kDateName},
    {"publishdate", kDateName},
    {"published", kDateName},
    {"publishing", kDateName},
    {"publishingdate", kDateName},
    {"quiz", kF},
    {"readmore", kF},
    {"readnext", kF},
    {"recirc", kF},
    {"recirculation", kF},
    {"recommend", kF},
    {"recommendation", kF},
    {"recommendations", kF},
    {"recommended", kF},
    {"relacionadas", kF},
    {"relacionados", kF},
    {"related", kF},
    {"reporter", kAuthorName},
    {"share", kF},
    {"sharebar", kF},
    {"sharedaddy", kF},
    {"sharing", kF},
    {"sidebar", kD},
    {"signature", kAuthorName},
    {"signup", kF},
    {"skip", kF},
    {"skiplink", kF},
    {"slider", kD},
    {"social", kF},
    {"sociallinks", kF},
    {"socials", kF},
    {"sponsored", kF},
    {"standfirst", kStandfirstName},
    {"storybody", kBodyName},
    {"storycontent", kBodyName},
    {"subheadline", kStandfirstName},
    {"subscribe", kF},
    {"subscriber", kPaidName},
    {"subscription", kF},
    {"subtitle", kStandfirstName},
    {"summary", kStandfirstName},
    {"taboola", kF},
    {"taglist", kF},
    {"tags", kF},
    {"teaser", kD},
    {"teasers", kF},
    {"time", kDateName},
    {"timestamp", kDateName},
    {"toolbar", kF},
    {"trending", kF},
    {"updated", kDateName},
    {"vorspann", kStandfirstName},
    {"widget", kD},
    {"writer", kAuthorName},
    {"zergnet", kF},
};

struct Pair {
  std::string_view first, second;
  std::uint32_t bits;
};
constexpr Pair kPairs[] = {
    {"article", "body", kBodyName},
    {"article", "content", kBodyName},
    {"article", "text", kBodyName},
    {"article", "main", kBodyName},
    {"entry", "content", kBodyName},
    {"post", "content", kBodyName},
    {"post", "body", kBodyName},
    {"story", "body", kBodyName},
    {"story", "content", kBodyName},
    {"story", "text", kBodyName},
    {"body", "content", kBodyName},
    {"body", "text", kBodyName},
    {"content", "body", kBodyName},
    {"news", "body", kBodyName},
    {"news", "text", kBodyName},
    {"news", "content", kBodyName},
    {"name", "body", kBodyName},
    {"rich", "text", kBodyName},
    {"td", "content", kBodyName},
    {"text", "formatted", kBodyName},
    {"twitter", "tweet", kEmbedName},
    {"twitter", "video", kEmbedName},
    {"instagram", "media", kEmbedName},
    {"tiktok", "embed", kEmbedName},
    {"fb", "post", kEmbedName},
    {"bluesky", "embed", kEmbedName},
    {"reddit", "embed", kEmbedName},
    {"reddit", "card", kEmbedName},
    {"telegram", "post", kEmbedName},
    {"author", "bio", kF | kAuthorBox},
    {"author", "box", kF | kAuthorBox},
    {"author", "info", kD | kAuthorBox},
    {"author", "description", kF | kAuthorBox},
    {"author", "profile", kD | kAuthorBox},
    {"about", "author", kF | kAuthorBox},
    {"author", "card", kD | kAuthorBox},
    {"author", "details", kD | kAuthorBox},
    {"most", "read", kF},
    {"most", "popular", kF},
    {"read", "more", kF},
    {"read", "next", kF},
    {"more", "from", kF},
    {"more", "stories", kF},
    {"more", "news", kF},
    {"more", "on", kF},
    {"see", "also", kF},
    {"also", "like", kF},
    {"up", "next", kF},
    {"sign", "up", kF},
    {"log", "in", kF},
    {"comment", "list", kF},
    {"comment", "form", kF},
    {"comment", "body", kF},
    {"comment", "respond", kF},
    {"entry", "date", kDateName},
    {"entry", "meta", kDateName},
    {"post", "meta", kDateName},
    {"article", "meta", kDateName},
    {"image", "description", kCaptionName},
    {"image", "text", kCaptionName},
    {"image", "title", kCaptionName},
    {"photo", "by", kCaptionName},
    {"sub", "title", kStandfirstName},
    {"teaser", "text", kStandfirstName},
    {"article", "intro", kStandfirstName},
    {"interesting", "articles", kF},
    {"further", "reading", kF},
    {"other", "articles", kF},
    {"latest", "news", kF},
    {"screen", "reader", kHiddenName},
    {"sr", "only", kHiddenName},
    {"visually", "hidden", kHiddenName},
    {"is", "hidden", kHiddenName},
    {"affix", "bar", kF},
    {"ad", "container", kF},
    {"article", "links", kF},
    {"back", "top", kF},
    {"load", "more", kF},
    {"privacy", "modal", kF},
    {"privacy", "box", kF},
};

constexpr std::string_view kDenials[] = {"disable", "has", "hide", "label", "no", "not", "with", "without", "show", "stop"};

constexpr bool is_sorted_table() {
  for (std::size_t i = 1; i < std::size(kWords); ++i)
    if (!(kWords[i - 1].word < kWords[i].word)) return false;
  return true;
}

static_assert(is_sorted_table());

// A word of a name, lower case, cut at 24 letters.
struct Part {
  std::array<char, 24> letters{};
  std::size_t size = 0;
  std::string_view view() const { return {letters.data(), size}; }
};

std::uint32_t bits_of(std::string_view word) {
  const auto* row = std::lower_bound(std::begin(kWords), std::end(kWords), word,
                                     [](const Word& one, std::string_view key) { return one.word < key; });
  return row != std::end(kWords) && row->word == word ? row->bits : 0;
}

std::uint32_t bits_of(std::string_view first, std::string_view second) {
  for (const Pair& pair : kPairs)
    if (pair.second == second && pair.first == first) return pair.bits;
  return 0;
}

bool is_denial(std::string_view word) { return std::find(std::begin(kDenials), std::end(kDenials), word) != std::end(kDenials); }

class Cutter {
 public:
  std::uint32_t run(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      const bool upper = c >= 'A' && c <= 'Z';
      const bool letter = upper || (c >= 'a' && c <= 'z');
      if (!letter || (upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z')) close();
      if (c == ' ' || c == '\n' || c == '\t') end_token();
      if (letter && word_.size < word_.letters.size()) word_.letters[word_.size++] = upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    close();
    end_token();
    return bits_;
  }

 private:
  void close() {
    if (word_.size == 0) return;
    const std::string_view word = word_.view();
    if (!is_denial(last_.view())) bits_ |= bits_of(word);
    if (last_.size != 0) bits_ |= bits_of(last_.view(), word);
    last_ = word_;
    word_.size = 0;
    ++words_;
  }

  // "hidden" is one of many words in the names of frameworks ("field-label-hidden", "hidden-xs"); alone it means what it says.
  void end_token() {
    if (words_ == 1 && last_.view() == "hidden") bits_ |= kHiddenName;
    words_ = 0;
    last_.size = 0;
  }

  Part word_, last_;
  int words_ = 0;
  std::uint32_t bits_ = 0;
};

}  // namespace

std::uint32_t read_names(std::string_view name) {
  if (name.empty()) return 0;
  return Cutter().run(name.substr(0, 400));
}

}  // namespace tearsheet
