// The workbench in a real browser: node page_test.mjs PROGRAM CHROMIUM [FOLDER FOR SCREENSHOTS]; node_modules lies in the working folder.
// Opens, edits a pattern, sees the spans change, files a reject and an example, saves, reloads; asks for what a foreign page would ask for.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, browserPath, pictures] = process.argv.slice(2);
const { chromium } = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
const folder = mkdtempSync(join(tmpdir(), 'tearsheet-page-'));
const rules = join(folder, 'mine', 'tons.yaml');
mkdirSync(join(folder, 'mine'));
mkdirSync(join(folder, 'articles'));
writeFileSync(rules, `# tons, for the test
schema: 1
pack: mine
version: 1.0.0
rules:
- id: tons.plain   # the first one
  entity: tons
  pattern: '(?P<num>\\d+) tons'
  emit: { value: number(num) }
  examples:
  - { text: 'sold <<5 tons>>', want: { value: 5 } }
`);
for (let i = 0; i < 1000; ++i) {
  writeFileSync(join(folder, 'articles', `a${String(i).padStart(4, '0')}.txt`), `Report ${i} 😀 of the mill\n\nThe mill sold ${i + 2} tons of grain and ${i + 3} tonnes of oats on Friday, <b>the firm</b> said.\n\n${'Nothing else was sold there, and nobody asked for more of it. '.repeat(35)}\n`);
}

const server = spawn(program, ['workbench', join(folder, 'articles'), '--rules', join(folder, 'mine')], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((take, refuse) => {
  let said = '';
  server.stdout.on('data', piece => { said += piece; if (said.includes('\n')) take(said.trim()); });
  server.on('exit', code => refuse(new Error('the program ended with ' + code)));
});
const url = new URL(address), token = url.searchParams.get('token');
const ask = (path, headers = {}) => new Promise(take => request({ host: '127.0.0.1', port: url.port, path, headers }, answer => { answer.resume(); take(answer.statusCode); }).end());

let passed = 0;
const claim = (what, holds) => { assert.ok(holds, what); ++passed; console.log('ok ' + what); };
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
try {
  claim('without the token nothing is served', await ask('/') === 403 && await ask('/api/state') === 403 && await ask('/?token=' + token.slice(1)) === 403);
  claim('another host name is refused', await ask('/?token=' + token, { Host: 'evil.example:' + url.port }) === 403);
  claim('another origin is refused', await ask('/api/state?token=' + token, { Origin: 'http://evil.example' }) === 403);
  claim('a path that is no rule file is not read', await (async () => { const answer = await fetch(`http://127.0.0.1:${url.port}/api/file?path=/etc/passwd`, { headers: { 'X-Token': token } }); return (await answer.json()).error !== undefined; })());

  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const faults = [], foreign = [];
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('request', one => { if (new URL(one.url()).host !== url.host) foreign.push(one.url()); });
  const picture = async name => { if (pictures) { mkdirSync(pictures, { recursive: true }); await page.screenshot({ path: join(pictures, name + '.png') }); } };
  await page.goto(address);
  await page.waitForSelector('body[data-ready=yes]');
  claim('a thousand articles are listed', (await page.locator('#list li').count()) === 1000);
  claim('the first article shows its span, behind an emoji and markup that stays text', (await page.locator('mark.tons').allTextContents()).join() === '2 tons' && (await page.locator('#text').textContent()).includes('<b>the firm</b>'));
  await picture('1-open-light');

  await page.locator('mark.tons').first().click();
  await page.waitForSelector('#trace h3:has-text("tons.plain — kept")');
  claim('a click traces the span', (await page.locator('#trace').textContent()).includes('num=“2”'));

  // Edit the pattern in the editor, by keyboard.
  const type = async (from, to) => page.evaluate(([a, b]) => { const view = document.querySelector('#editor').view; const at = view.state.doc.toString().indexOf(a); view.dispatch({ changes: { from: at, to: at + a.length, insert: b } }); }, [from, to]);
  await page.evaluate(() => delete document.body.dataset.ms);
  await type(' tons\'', ' (?:tons|tonnes)\'');
  await page.waitForSelector('body[data-ms]');
  claim('the spans change with the pattern', (await page.locator('mark.tons').allTextContents()).join() === '2 tons,3 tonnes' && (await page.locator('mark.fresh').count()) === 1);
  claim('what changes over the corpus is told', (await page.locator('header .status').textContent()).startsWith('+1000 −0 ~0 in 1000 articles'));
  const times = [];
  for (const [from, to] of [['(?:tons|tonnes)', '(?:tons|tonnes|t)'], ['(?:tons|tonnes|t)', '(?:tonnes|tons)'], ['(?:tonnes|tons)', '(?:tons|tonnes)']]) {
    await page.evaluate(() => delete document.body.dataset.ms);
    await type(from, to);
    await page.waitForSelector('body[data-ms]');
    times.push(Number(await page.evaluate(() => document.body.dataset.ms)));
  }
  console.log('# an edit over 1,000 articles shows in ' + times.join(', ') + ' ms');
  await page.keyboard.press('Escape');
  await page.locator('[data-tab=hits]').click();
  claim('the hits stand in a table, before and after', (await page.locator('#hits tbody tr').count()) === 300 && (await page.locator('#hits td.added').count()) === 300);
  await picture('2-hits');

  // A broken pattern: the last good rules stay.
  await type('(?:tons|tonnes)', '(?:tons|tonnes');
  await page.waitForSelector('#findings .finding.error');
  claim('a broken pattern is marked in the editor and the spans stay', (await page.locator('.cm-lintRange-error, .cm-lint-marker-error').count()) > 0 && (await page.locator('mark.tons').count()) === 2);
  await picture('3-broken');
  await type('(?:tons|tonnes', '(?:tons|tonnes)');
  await page.waitForFunction(() => !document.querySelector('header .status').classList.contains('bad'));

  // File a reject and an example.
  await page.locator('mark.tons').nth(1).click();
  await page.locator('[data-kind=example]').click();
  await page.waitForFunction(() => document.querySelector('header .status').textContent.startsWith('filed as example'));
  await page.locator('[data-tab=findings]').click();
  await page.locator('mark.tons').first().click();
  await page.locator('[data-kind=reject]').click();
  await page.waitForFunction(() => document.querySelector('header .status').textContent.startsWith('filed as reject'));
  claim('nothing is written before it is saved', !readFileSync(rules, 'utf8').includes('tonnes'));
  await page.keyboard.press('Control+s');
  await page.waitForFunction(() => document.querySelector('header .status').textContent.startsWith('saved '));
  const saved = readFileSync(rules, 'utf8');
  claim('saving writes the file with its comments', saved.startsWith('# tons, for the test\n') && saved.includes('- id: tons.plain   # the first one\n') && saved.includes("(?:tons|tonnes)'\n"));
  claim('the example and the reject are in it', saved.includes('and <<3 tonnes>> of oats on Friday') && saved.includes('why: filed from the workbench'));

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await page.waitForSelector('body[data-ready=yes]');
  claim('after a reload the saved rules are in force', (await page.locator('mark.tons').allTextContents()).join() === '2 tons,3 tonnes');
  await page.keyboard.press('j');
  await page.waitForSelector('#list li[data-index="1"][aria-selected=true]');
  await page.keyboard.press('l');
  await page.waitForSelector('mark.picked');
  claim('keys walk through articles and spans', (await page.locator('mark.picked').textContent()) === '3 tons');
  await page.keyboard.press('/');
  await page.keyboard.type('a0999');
  claim('the filter finds one article', (await page.locator('#list li').count()) === 1);
  await picture('4-dark');

  // A stretch that no rule found.
  await page.evaluate(() => { const node = document.querySelector('#text').firstChild, range = document.createRange(); range.setStart(node, 0); range.setEnd(node, 6); getSelection().removeAllRanges(); getSelection().addRange(range); document.querySelector('#text').dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); });
  await page.waitForSelector('#trace h3:has-text("“Report”")');
  claim('a selected stretch is explained, too', (await page.locator('#trace').textContent()).includes('No rule has anything to say here') || (await page.locator('#trace').textContent()).includes('no match'));
  claim('nothing was asked of another host, and no script failed', foreign.length === 0 && faults.length === 0 || console.log(foreign, faults));
} finally {
  await browser.close();
  server.kill('SIGINT');
  await new Promise(take => server.on('exit', take));
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, 0 failed`);
