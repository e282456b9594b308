// Magic: one table of first bytes, one of endings.
#include "base/magic.h"

#include <string>

#include "base/fold.h"

namespace tearsheet::magic {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  std::size_t at;
  std::string_view name;
};
constexpr Signature kSignatures[] = {
    {"%PDF-"sv, 0, "a PDF document"},
    {"%!PS"sv, 0, "a PostScript document"},
    {"{\\rtf"sv, 0, "an RTF document"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, 0, "an old Office document"},
    {"\x89PNG\r\n\x1a\n"sv, 0, "a PNG image"},
    {"\xff\xd8\xff"sv, 0, "a JPEG image"},
    {"GIF87a"sv, 0, "a GIF image"},
    {"GIF89a"sv, 0, "a GIF image"},
    {"WEBP"sv, 8, "a WebP image"},
    {"WAVE"sv, 8, "a WAV sound"},
    {"AVI "sv, 8, "an AVI film"},
    {"II*\0"sv, 0, "a TIFF image"},
    {"MM\0*"sv, 0, "a TIFF image"},
    {"\0\0\1\0"sv, 0, "an icon"},
    {"ftyp"sv, 4, "a film or an image in an MP4 container"},
    {"\x1a\x45\xdf\xa3"sv, 0, "a Matroska film"},
    {"OggS\0"sv, 0, "an Ogg sound"},
    {"ID3\2"sv, 0, "an MP3 sound"},
    {"ID3\3"sv, 0, "an MP3 sound"},
    {"ID3\4"sv, 0, "an MP3 sound"},
    {"fLaC\0"sv, 0, "a FLAC sound"},
    {"\x7f"
     "ELF"sv,
     0, "a program (ELF)"},
    {"\xca\xfe\xba\xbe"sv, 0, "a program (Java or Mach-O)"},
    {"\xcf\xfa\xed\xfe"sv, 0, "a program (Mach-O)"},
    {"\0asm"sv, 0, "a program (WebAssembly)"},
    {"MZ\x90\0"sv, 0, "a Windows program"},
    {"SQLite format 3\0"sv, 0, "an SQLite database"},
    {"PAR1"sv, 0, "a Parquet table"},
    {"BZh9"sv, 0, "bzip2 data"},
    {"\xfd"
     "7zXZ\0"sv,
     0, "xz data"},
    {"7z\xbc\xaf\x27\x1c"sv, 0, "a 7z archive"},
    {"Rar!\x1a\7"sv, 0, "a RAR archive"},
    {"ustar"sv, 257, "a tar archive"},
    {"wOFF"sv, 0, "a font"},
    {"wOF2"sv, 0, "a font"},
};

struct Ending {
  std::string_view endings;  // each between blanks
  std::string_view name;
};
constexpr Ending kEndings[] = {
    {" pdf ", "a PDF document"},
    {" docx doc odt rtf pages ", "a word processor's document"},
    {" xlsx xls ods numbers ", "a spreadsheet"},
    {" pptx ppt odp key ", "a presentation"},
    {" epub mobi azw3 ", "an electronic book"},
    {" png jpg jpeg jpe gif webp bmp ico tif tiff svg heic avif psd ", "an image"},
    {" mp3 wav ogg oga flac m4a aac opus ", "a sound"},
    {" mp4 m4v mov avi mkv webm wmv mpg mpeg ", "a film"},
    {" zip tar tgz 7z rar bz2 xz jar iso dmg ", "an archive"},
    {" exe dll so o a dylib class pyc wasm bin ", "a program"},
    {" woff woff2 ttf otf eot ", "a font"},
    {" sqlite sqlite3 db parquet ", "a database"},
    {" css js mjs map ", "a part of a web page"},
    {" json yaml yml toml ini lock ", "a data file"},
};

std::string_view zip_kind(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.find("word/") != std::string_view::npos) return "a DOCX document";
  if (head.find("xl/") != std::string_view::npos) return "an XLSX spreadsheet";
  if (head.find("ppt/") != std::string_view::npos) return "a PPTX presentation";
  if (head.find("application/epub+zip") != std::string_view::npos) return "an EPUB book";
  if (head.find("opendocument") != std::string_view::npos) return "an OpenDocument file";
  if (head.find("[Content_Types].xml") != std::string_view::npos) return "an Office document (DOCX, XLSX or PPTX)";
  return "a ZIP archive";
}

}  // namespace

std::string_view name_by_bytes(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) return zip_kind(bytes);
  for (const Signature& row : kSignatures)
    if (bytes.size() >= row.at + row.bytes.size() && bytes.substr(row.at, row.bytes.size()) == row.bytes &&
        (row.at != 8 || bytes.starts_with("RIFF")) && (row.at != 4 || (bytes[0] == 0 && bytes[1] == 0)))
      return row.name;
  return {};
}

std::string_view name_by_ending(std::string_view path) {
  if (const auto slash = path.rfind('/'); slash != std::string_view::npos) path.remove_prefix(slash + 1);
  std::string name = lower_ascii(path);
  for (std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  const auto dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return {};
  const std::string ending = " " + name.substr(dot + 1) + " ";
  if (ending.find(' ', 1) != ending.size() - 1) return {};
  for (const Ending& row : kEndings)
    if (row.endings.find(ending) != std::string_view::npos) return row.name;
  return {};
}

}  // namespace tearsheet::magic
