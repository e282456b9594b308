// A user of the library: one article in memory, its first amount out. Ends with 1 when the reading is not what it must be.
#include <tearsheet/engine.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  tearsheet::Options options;
  options.rules = {argv[1]};
  auto engine = tearsheet::Engine::open(options);
  if (!engine) {
    std::cerr << tearsheet::to_text(engine.error());
    return 1;
  }
  tearsheet::Blob blob;
  blob.bytes = "Kumamoto Kasei will invest 12 billion yen in a new plant.\n";
  blob.is_text = true;
  const tearsheet::Reading reading = engine->read(std::move(blob));
  for (const tearsheet::Mention& mention : reading.mentions) {
    if (mention.type != "money") continue;
    std::cout << mention.span.of(reading.article.text) << " = " << tearsheet::to_string(*tearsheet::find(mention.fields, "amount")) << ' '
              << tearsheet::text_of(mention.fields, "currency") << '\n';
    return tearsheet::to_string(*tearsheet::find(mention.fields, "amount")) == "12000000000" ? 0 : 1;
  }
  std::cerr << "no amount found\n";
  return 1;
}
