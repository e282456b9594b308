// The workbench's page: articles, the rule's YAML, trace, hits and findings. All state lives in the program; the page asks for it.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const token = new URLSearchParams(location.search).get('token') || '';
const api = async (path, body) => {
  const answer = await fetch('/api/' + path, { method: body ? 'POST' : 'GET', headers: { 'X-Token': token }, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  const value = await answer.json();
  if (value.error) throw new Error(value.error);
  return value;
};
const make = (tag, parent, text, attributes = {}) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (parent) parent.append(node);
  return node;
};

const state = { articles: [], rules: [], types: [], shown: [], current: 0, article: null, picked: null, rule: '', path: '', changes: [], dirty: false };
const body = document.body;
const header = make('header', body);
make('h1', header, 'Tearsheet workbench');
const words = make('input', header, undefined, { type: 'search', placeholder: 'filter articles  /', 'aria-label': 'filter articles by name' });
const typeOf = make('select', header, undefined, { 'aria-label': 'type of mention' });
const useOf = make('select', header, undefined, { 'aria-label': 'where it stands' });
const ruleOf = make('select', header, undefined, { 'aria-label': 'rule' });
const changedOnly = make('button', header, 'changed', { 'aria-pressed': 'false', title: 'only articles that the edit changes' });
const save = make('button', header, 'Save  Ctrl-S', { class: 'main' });
save.disabled = true;
const status = make('div', header, 'reading…', { class: 'status', role: 'status' });
const list = make('ul', body, undefined, { id: 'list', role: 'listbox', tabindex: '0', 'aria-label': 'articles' });
const text = make('div', body, undefined, { id: 'text', tabindex: '0', 'aria-label': 'article' });
const editorBox = make('div', body, undefined, { id: 'editor' });
const bottom = make('div', body, undefined, { id: 'bottom' });
const tabs = make('div', bottom, undefined, { role: 'tablist' });
const panels = {};
for (const [name, title] of [['trace', 'Trace'], ['hits', 'Hits'], ['findings', 'Findings']]) {
  const tab = make('button', tabs, title, { role: 'tab', 'aria-selected': String(name === 'trace'), 'data-tab': name });
  panels[name] = make('div', bottom, undefined, { class: 'panel', role: 'tabpanel', id: name });
  panels[name].hidden = name !== 'trace';
  tab.onclick = () => open(name);
}
const judging = make('div', tabs, undefined, { class: 'judge' });
for (const [kind, title] of [['example', 'Example  a'], ['reject', 'Reject  r'], ['annotation', 'Annotate  n']]) {
  make('button', judging, title, { 'data-kind': kind, title: 'file the picked stretch as ' + kind }).onclick = () => judge(kind);
}
const open = name => {
  for (const tab of tabs.querySelectorAll('[role=tab]')) tab.setAttribute('aria-selected', String(tab.dataset.tab === name));
  for (const [key, panel] of Object.entries(panels)) panel.hidden = key !== name;
};
const say = (words, bad = false) => { status.textContent = words; status.classList.toggle('bad', bad); status.title = words; };
const guarded = work => async (...given) => { try { return await work(...given); } catch (error) { say(error.message, true); } };

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'light-dark(#1a5fb4, #8ab4f8)' }, { tag: tags.definition(tags.propertyName), color: 'light-dark(#1a5fb4, #8ab4f8)' },
  { tag: tags.string, color: 'light-dark(#1d6b43, #8fd3ab)' }, { tag: tags.comment, color: 'light-dark(#63666b, #9da1a7)', fontStyle: 'italic' }, { tag: tags.content, color: 'inherit' }]);
let typing = 0;
const editor = new EditorView({
  parent: editorBox,
  state: EditorState.create({ doc: '', extensions: [lineNumbers(), history(), highlightActiveLine(), highlightSelectionMatches(), lintGutter(), yaml(), syntaxHighlighting(colours), EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'rule file' }),
    EditorView.theme({ '&': { backgroundColor: 'var(--paper)', color: 'var(--ink)' }, '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--dim)', border: 'none' }, '.cm-activeLine': { backgroundColor: 'transparent' },
      '.cm-cursor': { borderLeftColor: 'var(--ink)' }, '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--on) !important' } }),
    EditorView.updateListener.of(update => { if (update.docChanged && !state.loading) { state.dirty = true; clearTimeout(typing); typing = setTimeout(tryEdit, 120); } }),
    keymap.of([{ key: 'Mod-s', run: () => { store(); return true; } }, { key: 'Escape', run: view => { view.contentDOM.blur(); list.focus(); return true; } }, indentWithTab, ...defaultKeymap, ...historyKeymap, ...searchKeymap])] }),
});

editorBox.view = editor;  // for the console, and for what a test types

const fill = (select, all, names) => {
  const before = select.value;
  select.replaceChildren();
  make('option', select, all, { value: '' });
  for (const name of names) make('option', select, name, { value: name });
  select.value = names.includes(before) ? before : '';
};

async function refresh() {
  const now = await api('state');
  Object.assign(state, { articles: now.articles, rules: now.rules, types: now.types });
  fill(typeOf, 'all types', now.types);
  fill(ruleOf, 'all rules', now.rules.map(rule => rule.id));
  fill(useOf, 'all parts', ['title', 'excerpt', 'body', 'byline', 'dateline', 'caption', 'repeat', 'related', 'boilerplate']);
  ruleOf.value = state.rule;
  showList();
}

function showList() {
  const asked = words.value.toLowerCase(), only = changedOnly.getAttribute('aria-pressed') === 'true';
  state.shown = state.articles.map((article, index) => ({ ...article, index })).filter(article => (!asked || (article.name + ' ' + article.title).toLowerCase().includes(asked)) &&
    (!typeOf.value || article.types.includes(typeOf.value)) && (!useOf.value || article.uses.includes(useOf.value)) && (!ruleOf.value || !state.filterRule || article.rules.includes(ruleOf.value)) && (!only || article.changes > 0));
  list.replaceChildren();
  for (const article of state.shown.slice(0, 1000)) {
    const item = make('li', list, undefined, { role: 'option', 'aria-selected': String(article.index === state.current), 'data-index': article.index });
    item.append(article.title || article.name.split('/').pop());
    const small = make('small', item, `${article.count} found `);
    if (article.changes) make('span', small, `${article.changes} changed`, { class: 'changed' });
    item.onclick = () => showArticle(article.index);
  }
  if (!state.shown.length) make('li', list, 'no article fits the filter');
}

const showArticle = guarded(async (index, pick) => {
  state.current = index;
  state.article = await api('article?i=' + index);
  state.picked = null;
  for (const item of list.children) item.setAttribute('aria-selected', String(Number(item.dataset.index) === index));
  list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  draw();
  if (pick) { const mark = [...text.querySelectorAll('[data-begin]')].find(node => Number(node.dataset.begin) === pick.begin); mark?.scrollIntoView({ block: 'center' }); await choose(pick.begin, pick.end, pick.rule); }
});

// Spans of the edited rules; what only the saved ones find is struck through.
function draw() {
  const { article } = state, before = article.before.filter(old => !article.mentions.some(now => now.begin < old.end && old.begin < now.end));
  const pieces = [...article.mentions.map(m => ({ ...m, fresh: !article.before.some(o => o.begin === m.begin && o.end === m.end && o.type === m.type && o.fields === m.fields) })), ...before.map(m => ({ ...m, gone: true }))].sort((a, b) => a.begin - b.begin);
  text.replaceChildren();
  let at = 0;
  const plain = to => { if (to > at) text.append(article.text.slice(at, to)); at = to; };
  for (const piece of pieces) {
    if (piece.begin < at) continue;
    plain(piece.begin);
    const off = (typeOf.value && piece.type !== typeOf.value) || (useOf.value && piece.use !== useOf.value) || (state.filterRule && ruleOf.value && piece.rule !== ruleOf.value);
    const node = make(piece.gone ? 'span' : 'mark', text, article.text.slice(piece.begin, piece.end), { class: (piece.gone ? 'gone' : piece.type) + (piece.fresh ? ' fresh' : '') + (off ? ' off' : ''), 'data-begin': piece.begin, 'data-end': piece.end, 'data-rule': piece.rule, title: `${piece.type} ${piece.fields}\n${piece.rule}` });
    node.onclick = event => { event.stopPropagation(); if (getSelection().isCollapsed) choose(piece.begin, piece.end, piece.rule); };
    at = piece.end;
  }
  plain(article.text.length);
  text.scrollTop = 0;
}

const choose = guarded(async (begin, end, rule) => {
  state.picked = { begin, end };
  for (const node of text.querySelectorAll('[data-begin]')) node.classList.toggle('picked', Number(node.dataset.begin) === begin);
  if (rule && rule !== state.rule) await openRule(rule);
  await traceIt();
});

const traceIt = guarded(async () => {
  if (!state.picked) return;
  const found = await api('trace', { article: state.current, ...state.picked, rule: state.filterRule ? ruleOf.value : '' });
  const panel = panels.trace;
  panel.replaceChildren();
  make('h3', panel, '“' + state.article.text.slice(state.picked.begin, state.picked.end) + '”');
  for (const life of found.lives) {
    make('h3', panel, `${life.rule} — ${life.outcome === 'kept' ? 'kept' : 'stopped by ' + life.outcome}`);
    for (const [step, how, detail] of life.steps) {
      const row = make('div', panel, undefined, { class: 'step ' + how });
      make('span', row, step); make('span', row, how === 'passed' ? '✓' : how === 'stopped' ? '✗' : '·'); make('code', row, detail);
    }
    if (life.groups.length) make('code', panel, life.groups.map(([name, said]) => `${name}=“${said}”`).join('  '));
    if (life.fields) { make('br', panel); make('code', panel, life.fields); }
  }
  for (const miss of found.near) {
    make('h3', panel, `${miss.rule} — no match: ${miss.matched} of ${miss.parts} parts`);
    for (const [name, said] of [['matched', miss.text], ['expected', miss.expected], ['found', miss.found]]) { const row = make('div', panel, undefined, { class: 'step' }); make('span', row, name); make('span', row); make('code', row, said); }
  }
  if (!found.lives.length && !found.near.length) make('p', panel, 'No rule has anything to say here.');
  open('trace');
});

const openRule = guarded(async id => {
  const rule = state.rules.find(one => one.id === id);
  if (!rule) return;
  state.rule = id;
  ruleOf.value = id;
  if (state.path !== rule.file) {
    const file = await api('file?path=' + encodeURIComponent(rule.file));
    state.path = rule.file;
    put(file.text);
  }
  const line = editor.state.doc.toString().split('\n').findIndex(one => one.trimStart().replace(/^- /, '').startsWith('id: ' + id));
  if (line >= 0) editor.dispatch({ selection: { anchor: editor.state.doc.line(line + 1).from }, effects: EditorView.scrollIntoView(editor.state.doc.line(line + 1).from, { y: 'start' }) });
});

function put(content) {
  state.loading = true;
  editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: content } });
  state.loading = false;
}

const tryEdit = guarded(async () => {
  if (!state.path) return;
  const begun = performance.now(), asked = editor.state.doc.toString();
  const answer = await api('edit', { path: state.path, text: asked });
  if (asked !== editor.state.doc.toString()) return;  // typed on: the next try comes
  findings(answer);
  save.disabled = !answer.good;
  if (!answer.good) return say('the file does not load; the last good rules stay', true);
  state.changes = answer.changes;
  hits(answer);
  await refresh();
  const pick = state.picked;
  state.article = await api('article?i=' + state.current);
  const top = text.scrollTop;
  draw();
  text.scrollTop = top;
  if (pick) { state.picked = pick; await traceIt(); }
  const ms = Math.round(performance.now() - begun);
  body.dataset.ms = ms;
  say(`+${answer.added} −${answer.lost} ~${answer.changed} in ${state.articles.length} articles · examples ${answer.examples[0]} right, ${answer.examples[1]} wrong · ${answer.cost} ns a byte · ${ms} ms`, answer.examples[1] > 0);
});

function findings(answer) {
  const doc = editor.state.doc, panel = panels.findings;
  panel.replaceChildren();
  const marks = [];
  for (const finding of answer.findings) {
    const row = make('p', panel, undefined, { class: 'finding ' + finding.level });
    make('b', row, `${finding.code} `); row.append(`${finding.what} (${finding.file.split('/').pop()}:${finding.line}) ${finding.help}`);
    if (finding.file !== state.path || finding.line < 1 || finding.line > doc.lines) continue;
    const line = doc.line(finding.line), from = Math.min(line.from + Math.max(0, finding.column - 1), line.to);
    marks.push({ from, to: Math.max(from, Math.min(line.to, from + 1)), severity: finding.level, message: `${finding.code} ${finding.what}\n${finding.help}` });
  }
  if (answer.details) make('pre', panel, answer.details);
  if (!panel.children.length) make('p', panel, 'Nothing to mend.');
  tabs.querySelector('[data-tab=findings]').textContent = `Findings ${answer.findings.length || ''}`;
  editor.dispatch(setDiagnostics(editor.state, marks));
  if (!answer.good) open('findings');
}

function hits(answer) {
  const panel = panels.hits;
  panel.replaceChildren();
  make('p', panel, `${answer.added} added, ${answer.lost} lost, ${answer.changed} changed; the changed patterns cost ${answer.cost} ns a byte`);
  if (answer.changes.length) {
    const table = make('table', panel), head = make('tr', make('thead', table)), rows = make('tbody', table);
    for (const name of ['', 'words', 'before', 'after', 'rule', 'article']) make('th', head, name);
    for (const change of answer.changes) {
      const row = make('tr', rows, undefined, { tabindex: '0' });
      make('td', row, change.kind, { class: change.kind });
      const cell = make('td', row); make('b', cell, change.text); make('div', cell, change.context, { class: 'dim' });
      for (const said of [change.before, change.after, change.rule, change.name.split('/').pop()]) make('td', row, said);
      row.onclick = () => showArticle(change.article, change);
      row.onkeydown = event => { if (event.key === 'Enter') row.onclick(); };
    }
  }
  tabs.querySelector('[data-tab=hits]').textContent = `Hits ${answer.changes.length || ''}`;
}

const judge = guarded(async kind => {
  if (!state.picked) return say('pick a span, or select a stretch of the article, first', true);
  const rule = state.rule;
  if (!rule) return say('choose a rule first', true);
  const answer = await api('judge', { kind, article: state.current, ...state.picked, rule, text: editor.state.doc.toString() });
  if (answer.wrote) return say('wrote ' + answer.wrote);
  put(answer.text);
  state.dirty = true;
  await tryEdit();
  await openRule(rule);
  say(`filed as ${kind} of ${rule}; Ctrl-S saves`);
});

const store = guarded(async () => {
  clearTimeout(typing);
  await tryEdit();
  if (save.disabled) return;
  await api('save', {});
  state.dirty = false;
  save.disabled = true;
  await refresh();
  await showArticle(state.current);
  hits({ changes: [], added: 0, lost: 0, changed: 0, cost: '0.00' });
  say('saved ' + state.path);
});

save.onclick = store;
words.oninput = showList;
typeOf.onchange = useOf.onchange = () => { showList(); draw(); };
ruleOf.onchange = guarded(async () => { state.filterRule = ruleOf.value !== ''; if (ruleOf.value) await openRule(ruleOf.value); showList(); draw(); await traceIt(); });
changedOnly.onclick = () => { changedOnly.setAttribute('aria-pressed', String(changedOnly.getAttribute('aria-pressed') !== 'true')); showList(); };
// A selected stretch of the article is explained, found or not.
text.onmouseup = () => {
  const chosen = getSelection();
  if (chosen.isCollapsed || !text.contains(chosen.anchorNode)) return;
  const range = chosen.getRangeAt(0), before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const begin = before.toString().length;
  choose(begin, begin + range.toString().length);
};
const step = by => { const at = state.shown.findIndex(article => article.index === state.current), next = state.shown[at + by]; if (next) showArticle(next.index); };
const stepMark = by => { const marks = [...text.querySelectorAll('mark')], at = marks.findIndex(mark => mark.classList.contains('picked')), next = marks[at + by] || marks[by > 0 ? 0 : marks.length - 1]; next?.scrollIntoView({ block: 'nearest' }); if (next) choose(Number(next.dataset.begin), Number(next.dataset.end), next.dataset.rule); };
document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key === 's') { event.preventDefault(); return store(); }
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || editor.hasFocus) { if (event.key === 'Escape') list.focus(); return; }
  const keys = { j: () => step(1), k: () => step(-1), ArrowDown: () => document.activeElement === list && step(1), ArrowUp: () => document.activeElement === list && step(-1), l: () => stepMark(1), h: () => stepMark(-1), '/': () => words.focus(), e: () => editor.focus(), t: traceIt,
    a: () => judge('example'), r: () => judge('reject'), n: () => judge('annotation'), 1: () => open('trace'), 2: () => open('hits'), 3: () => open('findings'),
    '?': () => say('j k article · h l span · / filter · e editor, Esc out · t trace · a example · r reject · n annotate · 1 2 3 panels · Ctrl-S save') };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
addEventListener('beforeunload', event => { if (state.dirty) event.preventDefault(); });

guarded(async () => {
  await refresh();
  await showArticle(0);
  if (state.rules.length) await openRule((state.article.mentions[0] || {}).rule || state.rules[0].id);
  hits({ changes: [], added: 0, lost: 0, changed: 0, cost: '0.00' });
  make('p', panels.trace, 'Click a span, or select any stretch of the article. ? lists the keys.');
  list.focus();
  body.dataset.ready = 'yes';
  say(`${state.articles.length} articles, ${state.rules.length} rules · ? for keys`);
})();
