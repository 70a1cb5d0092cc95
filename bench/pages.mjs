#!/usr/bin/env node
/**
 * Measures the cost of pages: runs of a site of 100 sources with and without them, in alternation, best of several rounds. Then counts
 * the files that one more article writes, on its own and in a story.
 * Usage: node bench/pages.mjs [dist] [--sources 100] [--items 50] [--rounds 3]; --rounds 0 only counts files.
 * Exits with 1 if pages make a first run more than 1.5 times slower, an unchanged run more than 1.1 times, or if an article
 * writes more than 30 pages.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const WANTED = { cold: 1.5, unchanged: 1.1, 'one more article': Number.POSITIVE_INFINITY };
const FORMATS = { without: '[rss, atom, json, opml]', with: '[rss, atom, json, opml, html]' };
const WORDS =
  'storm harbour minister election budget river village council court striker festival museum vaccine satellite ferry bridge strike inflation harvest wolves glacier parliament border treaty opera orchestra stadium coach rocket telescope flood wildfire bank tariff grain pipeline union teachers hospital school mayor police'.split(
    ' ',
  );

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sources: { type: 'string', default: '100' },
    items: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
  },
});
const cli = resolve(positionals[0] ?? 'dist', 'main.js');
const root = mkdtempSync(join(tmpdir(), 'newsloom-pages-'));

let seed = 1;
function random(below) {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
}
const words = (count) => Array.from({ length: count }, () => WORDS[random(WORDS.length)]).join(' ');

/** Events with distinct names, each reported by several sources. */
const EVENTS = 300;
const SYLLABLES = ['ka', 'vel', 'mar', 'o', 'shi', 'ten', 'dru', 'pel', 'ga', 'ri', 'nox', 'zu'];
const inventName = (event, word) => {
  let left = (event + 7) * 101 + word * 7919;
  const parts = Array.from({ length: 4 }, () => {
    const part = SYLLABLES[left % SYLLABLES.length];
    left = Math.floor(left / 5) + word * 13;
    return part;
  });
  return parts[0][0].toUpperCase() + parts.join('').slice(1);
};
/** A source's report of an event; `n` distinguishes its reports. */
function report(source, event, date, n = 0) {
  const [who, where, what] = [0, 1, 2].map((word) => inventName(event, word));
  const url = `https://s${source}.example/event-${event}-${n}`;
  const title = `${who} of ${where} ${words(2)} in ${what}`;
  return `<item><title>${title}</title><link>${url}</link><guid>${url}</guid><pubDate>${new Date(date).toUTCString()}</pubDate><description>${who} ${words(4)} ${where}, ${words(4)} ${what} ${words(6)}.</description></item>`;
}

function feed(source, items) {
  const item = (n) => {
    const date = new Date(Date.UTC(2026, 10, 24, 8) - (n * 37 + random(30)) * 60_000).toUTCString();
    const url = `https://s${source}.example/${n}`;
    const text = `<p>${words(60)}.</p><p>${words(60)}.</p>`;
    return `<item><title>${words(7)}</title><link>${url}</link><guid>${url}</guid><pubDate>${date}</pubDate><description>${words(25)}.</description><encoded xmlns="http://purl.org/rss/1.0/modules/content/"><![CDATA[${text}]]></encoded></item>`;
  };
  return `<rss version="2.0"><channel><title>Paper ${source}</title><link>https://s${source}.example/</link><description>x</description><language>en</language>${Array.from({ length: items }, (_, n) => item(n)).join('')}${listEvents(source)}</channel></rss>`;
}

/** Each event is reported by two to nine sources. */
function listEvents(source) {
  const told = Array.from({ length: EVENTS }, (_, event) => event).filter((event) => {
    const place = (source + Number(values.sources) - ((event * 37) % Number(values.sources))) % Number(values.sources);
    return source < Number(values.sources) && place < 2 + (event % 8);
  });
  return told
    .map((event) => report(source, event, Date.UTC(2026, 10, 24, 8) - event * 600_000 + source * 1000))
    .join('');
}

function layOut(name) {
  const dir = join(root, name);
  mkdirSync(join(dir, 'in'), { recursive: true });
  const ids = Array.from({ length: Number(values.sources) }, (_, i) => i);
  const topics = WORDS.slice(0, 12).map((word) => `  - { id: ${word}, label: ${word}, any: [${word}] }`);
  const sources = ids.map((id) => `  - { id: s${id}, url: "file:in/${id}.rss", content: full }`);
  const site = 'site: { title: The Section, url: "https://news.example.org/" }';
  writeFileSync(
    join(dir, 'newsloom.yaml'),
    `${site}\npublish: { formats: ${FORMATS[name]} }\nsources:\n${sources.join('\n')}\ntopics:\n${topics.join('\n')}\n`,
  );
  return dir;
}

let hour = 9;
function build(dir) {
  const now = new Date(Date.UTC(2026, 10, 24, hour)).toISOString();
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, 'build', '--config', 'newsloom.yaml', '--force', '--quiet', '--now', now], { cwd: dir, encoding: 'utf8' }); // biome-ignore format: one command
  if (status !== 0) throw new Error(`exit ${status}: ${stderr.slice(-500)}`);
  return performance.now() - began;
}

const best = {};
function note(kind, name, ms) {
  best[kind] ??= {};
  best[kind][name] = Math.min(best[kind][name] ?? Number.POSITIVE_INFINITY, ms);
}

/** Files of the site by path. */
function published(dir) {
  const feeds = join(dir, 'feeds');
  const paths = readdirSync(feeds, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return new Map(paths.map(({ parentPath, name }) => join(parentPath, name)).map((path) => [path, readFileSync(path, 'utf8')])); // biome-ignore format: one map
}

let failed = false;
function countWritten(dir, what, change) {
  const before = published(dir);
  change();
  hour++;
  build(dir);
  const after = published(dir);
  const written = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  const pages = written.filter((path) => path.endsWith('.html'));
  failed ||= pages.length > 30;
  console.log(`pages: ${what}: ${pages.length} of ${[...after.keys()].filter((path) => path.endsWith('.html')).length} pages and ${written.length - pages.length} other files written`); // biome-ignore format: one line
}

try {
  const texts = Array.from({ length: Number(values.sources) }, (_, i) => feed(i, Number(values.items)));
  const more = texts[0].replace('<item>', `${feed(1000, 1).match(/<item>.*<\/item>/)[0]}<item>`);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of ['without', 'with']) {
      rmSync(join(root, name), { recursive: true, force: true });
      const dir = layOut(name);
      texts.forEach((text, i) => {
        writeFileSync(join(dir, 'in', `${i}.rss`), text);
      });
      hour = 9;
      note('cold', name, build(dir));
      for (let i = 0; i < 2; i++) {
        hour++;
        note('unchanged', name, build(dir));
      }
      hour++;
      writeFileSync(join(dir, 'in', '0.rss'), more);
      note('one more article', name, build(dir));
    }
  }
  const dir = layOut('with');
  texts.forEach((text, i) => {
    writeFileSync(join(dir, 'in', `${i}.rss`), text);
  });
  hour = 9;
  build(dir);
  const add = (source, item) => () => {
    const path = join(dir, 'in', `${source}.rss`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('<item>', `${item}<item>`));
  };
  const time = (minute) => Date.UTC(2026, 10, 24, 9, minute);
  countWritten(dir, 'nothing new', () => {});
  countWritten(dir, 'an article alone', add(1, report(1, EVENTS + 9, time(0))));
  countWritten(dir, 'a report of a story of two', add(50, report(50, 0, time(1), 1)));
  countWritten(dir, 'a report of a story of nine', add(50, report(50, 7, time(2), 1)));
  countWritten(dir, 'a second publication of a story', add(51, report(51, EVENTS + 5, time(3))));
  countWritten(dir, 'which opens it', add(52, report(52, EVENTS + 5, time(4))));
} finally {
  rmSync(root, { recursive: true, force: true });
}

for (const [kind, { without, with: withPages }] of Object.entries(best)) {
  const ratio = withPages / without;
  failed ||= ratio > WANTED[kind];
  console.log(
    `pages: ${kind}: ${without.toFixed(0)} ms without, ${withPages.toFixed(0)} ms with, ${ratio.toFixed(2)} times`,
  );
}
process.exitCode = failed ? 1 : 0;
