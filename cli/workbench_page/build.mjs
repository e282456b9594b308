// Bundles the page and writes it as C++: node build.mjs SOURCES OUT.cc; node_modules lies in the working folder.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [sources, out] = process.argv.slice(2);
const esbuild = createRequire(join(process.cwd(), 'package.json'))('esbuild');
const bundle = await esbuild.build({ entryPoints: [join(sources, 'app.js')], bundle: true, minify: true, write: false, format: 'iife', target: 'es2020', legalComments: 'eof', nodePaths: [join(process.cwd(), 'node_modules')] });
const assets = [
  ['/', 'text/html; charset=utf-8', readFileSync(join(sources, 'page.html'))],
  ['/app.css', 'text/css; charset=utf-8', readFileSync(join(sources, 'app.css'))],
  ['/app.js', 'text/javascript; charset=utf-8', Buffer.from(bundle.outputFiles[0].contents)],
];
let code = '// Made by cli/workbench_page/build.mjs.\n#include "cli/workbench_assets.h"\n\nnamespace tearsheet::cli {\n\nnamespace {\n\n';
assets.forEach(([, , bytes], i) => { code += `constexpr unsigned char kBytes${i}[] = {${[...bytes].join(',')}};\n`; });
code += '\nstd::string_view view(const unsigned char* bytes, std::size_t size) { return {reinterpret_cast<const char*>(bytes), size}; }\n\n}  // namespace\n\n';
code += 'std::span<const Asset> workbench_assets() {\n  static const Asset kAssets[] = {\n';
assets.forEach(([path, type], i) => { code += `      {"${path}", "${type}", view(kBytes${i}, sizeof kBytes${i})},\n`; });
code += '  };\n  return kAssets;\n}\n\n}  // namespace tearsheet::cli\n';
writeFileSync(out, code);
