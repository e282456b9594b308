// HTML page: what stands around the articles of a report.
#include "pipeline/sink/html_page.h"

namespace tearsheet {

namespace {

constexpr std::string_view kHead = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>Tearsheet report</title>
<style>
:root { color-scheme: light dark; --ink: #1b1b1b; --dim: #666; --line: #ddd; --paper: #fff; --money: #c7e9c0; --date: #fde0b2; --company: #c6dbef; --other: #e5d8ee; --bar: #2b7a4b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --dim: #9a9a9a; --line: #3a3a3a; --paper: #17181a; --money: #1f5130; --date: #5d4216; --company: #1d4263; --other: #4a3358; --bar: #6cc48e; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 Georgia, "Liberation Serif", serif; color: var(--ink); background: var(--paper); }
nav { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .6rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); font: 14px/1.4 system-ui, sans-serif; z-index: 1; }
nav b { margin-right: .5rem; } nav input[type=search], nav select { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 4px; padding: .2rem .4rem; }
nav label { white-space: nowrap; } main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
article { border-bottom: 1px solid var(--line); padding: 1rem 0; max-width: 50rem; } article h2 { margin: 0; font-size: 1.4rem; line-height: 1.25; }
article h3 { font-size: 1.1rem; margin: 1rem 0 .3rem; } article header p { color: var(--dim); margin: .2rem 0 0; font: 13px/1.4 system-ui, sans-serif; overflow-wrap: anywhere; } article header span { margin-right: .8rem; }
.use-caption, .use-related, .use-boilerplate, .use-repeat, .use-byline, .use-dateline { color: var(--dim); font-size: .9em; } .error { color: #c0392b; }
mark { color: inherit; background: var(--other); border-radius: 3px; padding: 0 .1em; } mark.money, mark.percent { background: var(--money); } mark.date, mark.duration { background: var(--date); }
mark.company, mark.organisation, mark.country, mark.place { background: var(--company); } mark.off { background: none; }
table { border-collapse: collapse; font: 14px/1.4 system-ui, sans-serif; width: 100%; margin: .5rem 0 1rem; } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } section { display: none; } section.on { display: block; }
button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 4px; padding: .2rem .6rem; cursor: pointer; } button[aria-pressed=true] { border-color: var(--bar); font-weight: 600; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } svg .axis { stroke: var(--line); } svg circle { fill: var(--bar); fill-opacity: .55; } .scroll { overflow-x: auto; }
</style>
</head>
<body>
<nav id="bar"><b>Tearsheet</b></nav>
<main>
<section id="articles" class="on">
)html";

constexpr std::string_view kTail = R"html(</section>
<section id="tables"></section>
<section id="timeline"></section>
</main>
<script>
'use strict';
const all = [...document.querySelectorAll('article')].map(node => ({ node, title: node.dataset.title || node.dataset.source || '', published: (node.dataset.published || '').slice(0, 10),
  marks: [...node.querySelectorAll('mark')].map(mark => ({ mark, type: mark.classList[0], ...mark.dataset })) }));
const bar = document.getElementById('bar');
const make = (tag, text, parent, attributes = {}) => { const node = document.createElement(tag); if (text !== undefined) node.textContent = text; for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v); if (parent) parent.append(node); return node; };
const state = { words: '', types: new Set(), use: '', view: 'articles' };
const types = [...new Set(all.flatMap(a => a.marks.map(m => m.type)))].sort();
types.forEach(t => state.types.add(t));
for (const [id, name] of [['articles', 'Articles'], ['tables', 'Tables'], ['timeline', 'Timeline']]) {
  make('button', name, bar, { 'data-view': id, 'aria-pressed': id === 'articles' }).onclick = () => { state.view = id; show(); };
}
const search = make('input', undefined, bar, { type: 'search', placeholder: 'words, company, rule', 'aria-label': 'filter by words' });
search.oninput = () => { state.words = search.value.toLowerCase(); show(); };
const use = make('select', undefined, bar, { 'aria-label': 'where it stands' });
for (const [value, name] of [['', 'all parts'], ['own', 'title, excerpt, body']]) make('option', name, use, { value });
use.onchange = () => { state.use = use.value; show(); };
for (const type of types) {
  const label = make('label', undefined, bar), box = make('input', undefined, label, { type: 'checkbox', 'data-type': type });
  box.checked = true; label.append(' ' + type);
  box.onchange = () => { box.checked ? state.types.add(type) : state.types.delete(type); show(); };
}
const own = new Set(['title', 'excerpt', 'body']);
const wanted = (a, m) => state.types.has(m.type) && (!state.use || own.has(m.use)) && (!state.words || (a.title + ' ' + m.mark.textContent + ' ' + (m.value || '') + ' ' + (m.company || '') + ' ' + m.rule).toLowerCase().includes(state.words));
const chosen = () => all.flatMap(a => a.marks.filter(m => wanted(a, m)).map(m => ({ ...m, words: m.mark.textContent, article: a })));
const number = text => text === undefined ? '' : text.replace(/\B(?=(\d{3})+(?!\d))/g, (c, _g, at, s) => s.indexOf('.') >= 0 && at > s.indexOf('.') ? '' : ',');
function table(parent, title, head, rows) {
  make('h2', title + ' (' + rows.length + ')', parent);
  const t = make('table', undefined, parent), h = make('tr', undefined, make('thead', undefined, t)), body = make('tbody', undefined, t);
  head.forEach(name => make('th', name, h));
  for (const row of rows.slice(0, 2000)) { const tr = make('tr', undefined, body); row.forEach((cell, i) => make('td', cell, tr, head[i] === 'amount' || head[i] === 'times' ? { class: 'number' } : {})); }
}
function tables(parent) {
  const marks = chosen();
  table(parent, 'Amounts', ['amount', 'currency', 'words', 'company', 'published', 'article'], marks.filter(m => m.type === 'money').sort((a, b) => (a.currency || '').localeCompare(b.currency || '') || Number(b.amount || 0) - Number(a.amount || 0))
    .map(m => [number(m.amount), m.currency || '', m.words, m.company || '', m.article.published, m.article.title]));
  const names = new Map();
  for (const m of marks) if (m.type === 'company' || m.type === 'organisation') { const key = m.type + '\t' + (m.name || m.words), row = names.get(key) || { times: 0, articles: new Set() }; row.times++; row.articles.add(m.article); names.set(key, row); }
  table(parent, 'Companies and organisations', ['times', 'name', 'type', 'articles'], [...names].sort((a, b) => b[1].times - a[1].times).map(([key, row]) => [row.times, key.split('\t')[1], key.split('\t')[0], row.articles.size]));
  table(parent, 'Dates', ['value', 'words', 'article'], marks.filter(m => m.type === 'date').sort((a, b) => (a.said || '').localeCompare(b.said || '')).map(m => [m.said || '', m.words, m.article.title]));
}
function timeline(parent) {
  const svg = (tag, attributes, host, text) => { const node = document.createElementNS('http://www.w3.org/2000/svg', tag); for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v); if (text !== undefined) node.textContent = text; host.append(node); return node; };
  const points = chosen().filter(m => m.type === 'money' && m.company && m.amount && /^\d{4}/.test(m.article.published)).map(m => ({ ...m, day: Date.parse((m.article.published + '-01-01').slice(0, 10)) })).filter(m => !Number.isNaN(m.day));
  make('h2', 'Amounts by company, by the day they were published', parent);
  if (!points.length) { make('p', 'No amount here has both a company and an article with a date.', parent); return; }
  const rows = [...new Set(points.map(p => p.company))].sort().slice(0, 200), days = points.map(p => p.day), first = Math.min(...days), last = Math.max(...days, first + 864e5);
  const wide = 1000, left = 220, high = 26, x = day => left + (day - first) / (last - first) * (wide - left - 40);
  const picture = svg('svg', { viewBox: `0 0 ${wide} ${rows.length * high + 40}`, width: wide, role: 'img', 'aria-label': 'timeline of amounts' }, make('div', undefined, parent, { class: 'scroll' }));
  rows.forEach((name, i) => { svg('line', { class: 'axis', x1: left, x2: wide, y1: i * high + 20, y2: i * high + 20 }, picture); svg('text', { x: 0, y: i * high + 24 }, picture, name.length > 30 ? name.slice(0, 29) + '…' : name); });
  for (const p of points) { const at = rows.indexOf(p.company); if (at < 0) continue; const dot = svg('circle', { cx: x(p.day), cy: at * high + 20, r: Math.min(11, 2 + Math.max(0, Math.log10(Number(p.amount)) - 4)) }, picture); svg('title', {}, dot, `${p.words} (${p.article.published})\n${p.article.title}`); }
  for (const day of [first, last]) svg('text', { x: x(day) - (day === last ? 40 : 0), y: rows.length * high + 30 }, picture, new Date(day).toISOString().slice(0, 10));
}
function show() {
  for (const a of all) {
    let any = false;
    for (const m of a.marks) { const on = wanted(a, m); m.mark.classList.toggle('off', !on); any = any || on; }
    a.node.hidden = !any && (state.words !== '' || a.marks.length > 0) && !(state.words && a.title.toLowerCase().includes(state.words));
  }
  for (const button of bar.querySelectorAll('button')) button.setAttribute('aria-pressed', button.dataset.view === state.view);
  for (const section of document.querySelectorAll('section')) section.classList.toggle('on', section.id === state.view);
  const part = document.getElementById(state.view);
  if (state.view !== 'articles') { part.replaceChildren(); (state.view === 'tables' ? tables : timeline)(part); }
}
show();
</script>
</body>
</html>
)html";

}  // namespace

std::string_view html_page_head() { return kHead; }
std::string_view html_page_tail() { return kTail; }

}  // namespace tearsheet
