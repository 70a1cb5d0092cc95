#!/usr/bin/env node
/**
 * What the pages cost: whole runs of a site of 100 sources, with them and without, by turns; the best of some rounds.
 * Usage: node bench/pages.mjs [dist] [--sources 100] [--items 50] [--rounds 3].
 * Exits with 1 where a cold run takes more than 1.5 times as long with them, or an unchanged one more than 1.1 times.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

function feed(source, items) {
  const item = (n) => {
    const date = new Date(Date.UTC(2026, 10, 24, 8) - (n * 37 + random(30)) * 60_000).toUTCString();
    const url = `https://s${source}.example/${n}`;
    const text = `<p>${words(60)}.</p><p>${words(60)}.</p>`;
    return `<item><title>${words(7)}</title><link>${url}</link><guid>${url}</guid><pubDate>${date}</pubDate><description>${words(25)}.</description><encoded xmlns="http://purl.org/rss/1.0/modules/content/"><![CDATA[${text}]]></encoded></item>`;
  };
  return `<rss version="2.0"><channel><title>Paper ${source}</title><link>https://s${source}.example/</link><description>x</description><language>en</language>${Array.from({ length: items }, (_, n) => item(n)).join('')}</channel></rss>`;
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
} finally {
  rmSync(root, { recursive: true, force: true });
}

let failed = false;
for (const [kind, { without, with: withPages }] of Object.entries(best)) {
  const ratio = withPages / without;
  failed ||= ratio > WANTED[kind];
  console.log(
    `pages: ${kind}: ${without.toFixed(0)} ms without, ${withPages.toFixed(0)} ms with, ${ratio.toFixed(2)} times`,
  );
}
process.exitCode = failed ? 1 : 0;
