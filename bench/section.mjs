// Measures what a corrected article costs in a section with pages: node bench/section.mjs [dist ...] [--articles 1240] [--rounds 3]
// Builds the section once per dist, then alternates runs with no article corrected, one, and fifteen. Prints medians and minimums. With
// two dists, also counts the published files that differ. Exits with 1 above the targets or if files differ.
//   --articles 10000             more articles than the feeds hold: the feeds pass through all of them first, 1,240 at a time
//   --config DIR --feeds DIR     an existing section instead: the config folder is copied, and the feed files are corrected in place, then
//                                restored; if the config polls them over HTTP, a server must be running
//   --at 2026-11-30T20:45:00Z    time of the first run of an existing section
//   --prof DIR                   then profiles one more of each run into DIR/<dist number>/<run>/
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createArticles, LAST, PUBLICATIONS, renderFeed } from './support/section.mjs';
import { measureProcess } from './support/usage.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    articles: { type: 'string', default: '1240' },
    rounds: { type: 'string', default: '3' },
    config: { type: 'string' },
    feeds: { type: 'string' },
    at: { type: 'string', default: new Date(LAST).toISOString() },
    prof: { type: 'string' },
  },
});
const IN_FEEDS = 1240;
/** CPU relative to a run without news: 0.9 s and 2.0 s where that takes 0.42 s. */
const TARGETS = { one: 2.15, fifteen: 4.8 };
const CORRECTED = { none: 0, one: 1, fifteen: 15 };
const MINUTE = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'newsloom-section-'));
const dists = (positionals.length === 0 ? ['dist'] : positionals).map((dist) => resolve(dist, 'main.js'));
const section = values.feeds === undefined ? await inventSection(Number(values.articles)) : openSection(values.feeds);
let now = 0;
let corrections = 0;
try {
  const sites = dists.map((main, i) => ({ main, dir: layOut(`site-${i}`), number: String(i) }));
  for (const time of section.buildUp()) for (const site of sites) await build(site, time);
  const times = sites.map(() => ({ none: [], one: [], fifteen: [] }));
  for (let round = 0; round < Number(values.rounds); round += 1) await measureRound(sites, times);
  if (values.prof !== undefined) await measureRound(sites, null);
  process.exitCode = report(times, sites) ? 0 : 1;
} finally {
  section.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measureRound(sites, times) {
  for (const [kind, count] of Object.entries(CORRECTED)) {
    for (let i = 0; i < count; i += 1) correctNext();
    now += 10 * MINUTE;
    for (const [i, site] of sites.entries()) {
      const took = await build(site, now, times === null ? join(resolve(values.prof), site.number, kind) : null);
      times?.[i][kind].push(took);
    }
  }
}

function build({ main, dir }, time, profiles = null) {
  now = time;
  const profiling = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const at = new Date(time).toISOString();
  return measureProcess([...profiling, main, 'build', '--quiet', '--json', '--force', '--now', at], dir);
}

function layOut(name) {
  const dir = join(folder, name);
  mkdirSync(dir);
  if (values.config !== undefined) {
    cpSync(values.config, join(dir, 'config'), { recursive: true });
    return dir;
  }
  mkdirSync(join(dir, 'config'));
  cpSync(fileURLToPath(new URL('../config/topics.yaml', import.meta.url)), join(dir, 'config/topics.yaml'));
  const sources = section.urls.map((url, i) => `  - { id: ${PUBLICATIONS[i].id}, url: "${url}", content: ${i % 3 === 0 ? 'full' : 'summary'} }`); // biome-ignore format: one map
  const lines = [
    'site: { title: The Section, url: https://news.example.org/, language: en, timezone: Asia/Manila }',
    'sources:',
    ...sources,
    'topics: topics.yaml',
    'languages: [en, fr, de, ja, ar, uk]',
    'channels:',
    '  - { id: big, title: Reported by four or more, where: { stories: 4 } }',
    '  - { id: pacific, title: Australia and Japan, where: { topics: [oceania] } }',
    'digests: [{ id: daily, title: The day at six, every: "daily 06:00" }]',
    'publish: { embed: [fragments, frames, element, badge] }',
    'fetch: { allowPrivateAddresses: true, spacing: 0s }',
  ];
  writeFileSync(join(dir, 'config/newsloom.yaml'), `${lines.join('\n')}\n`);
  return dir;
}

/** Serves generated feeds, each on its own loopback address, so that rate limits per host do not apply. */
async function inventSection(count) {
  const articles = createArticles(count);
  const documents = PUBLICATIONS.map(() => '');
  const server = createServer((request, response) => {
    const text = documents[Number(/^\/(\d+)\.xml$/.exec(request.url)?.[1])];
    if (text === undefined) return response.writeHead(404).end();
    return response.setHeader('Content-Type', 'application/rss+xml').end(text);
  });
  await new Promise((done) => server.listen(0, '0.0.0.0', done));
  const home = (i) => `http://127.0.0.${i + 1}:${server.address().port}`;
  return {
    urls: PUBLICATIONS.map((_, i) => `${home(i)}/${i}.xml`),
    *buildUp() {
      for (let first = count - IN_FEEDS; ; first = Math.max(0, first - IN_FEEDS)) {
        for (const [i, all] of articles.entries())
          documents[i] = renderFeed(i, all.filter(({ n }) => n >= first && n < first + IN_FEEDS), home(i)); // biome-ignore format: one call
        const newest = Math.max(...articles.flatMap((all) => all.find(({ n }) => n >= first)?.date ?? 0));
        if (first <= 0) break;
        yield newest + 5 * MINUTE;
      }
      for (const run of [1, 2]) yield LAST + run * 10 * MINUTE;
    },
    correct: (i, change) => {
      documents[i] = change(documents[i]);
    },
    feeds: PUBLICATIONS.length,
    close: () => server.close(),
  };
}

function openSection(dir) {
  const files = readdirSync(dir).sort();
  const texts = files.map((name) => readFileSync(join(dir, name), 'utf8'));
  return {
    *buildUp() {
      for (const run of [0, 1, 2, 3]) yield Date.parse(values.at) + run * 30 * MINUTE;
    },
    correct: (i, change) => writeFileSync(join(dir, files[i]), change(readFileSync(join(dir, files[i]), 'utf8'))),
    feeds: files.length,
    close: () => {
      for (const [i, name] of files.entries()) writeFileSync(join(dir, name), texts[i]);
    },
  };
}

/** Changes title and text of an article. Takes the feeds in turn, and articles of all ages. */
function correctNext() {
  corrections += 1;
  const note = `Correction ${corrections}`;
  section.correct((corrections * 5) % section.feeds, (xml) => {
    const items = xml.match(/<(item|entry)\b[\s\S]*?<\/\1>/g) ?? [];
    if (items.length === 0) return xml;
    const item = items[(corrections * 3) % items.length];
    const changed = item
      .replace(/<\/title>/, ` after ${note.toLowerCase()}</title>`)
      .replace(/<(description|summary)\b[^>]*>(?:<!\[CDATA\[)?/, `$&${note} of the harbour report. `)
      .replace(/<(content|content:encoded)\b[^>]*>(?:<!\[CDATA\[)?/, `$&${note} of the harbour report. `);
    return xml.replace(item, () => changed);
  });
}

function report(times, sites) {
  let isGood = true;
  const middle = (all, key) => all.map((took) => took[key]).sort((a, b) => a - b)[all.length >> 1];
  const least = (all, key) => Math.min(...all.map((took) => took[key]));
  const second = (ms) => `${(ms / 1000).toFixed(2)} s`;
  console.log('| corrected | CPU (least) | wall (least) | memory | CPU of none |\n|---|---|---|---|---|');
  for (const [i, byKind] of times.entries()) {
    for (const [kind, all] of Object.entries(byKind)) {
      const ratio = least(all, 'cpu') / least(byKind.none, 'cpu');
      isGood &&= !(ratio > TARGETS[kind]);
      const cells = ['cpu', 'wall'].map((key) => `${second(middle(all, key))} (${second(least(all, key))})`);
      const name = times.length === 1 ? kind : `${kind}, ${positionals[i]}`;
      console.log(
        `| ${[name, ...cells, `${middle(all, 'megabytes').toFixed(0)} MB`, `${ratio.toFixed(2)}×`].join(' | ')} |`,
      );
    }
  }
  const [first, ...others] = sites.map(({ dir }) => readPublished(join(dir, 'feeds')));
  for (const other of others) {
    const paths = [...new Set([...first.keys(), ...other.keys()])];
    const different = paths.filter((path) => first.get(path) !== other.get(path));
    isGood &&= different.length === 0;
    console.log(`${different.length} of ${paths.length} published files differ ${different.slice(0, 5).join(' ')}`);
  }
  return isGood;
}

function readPublished(dir) {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(dir.length), readFileSync(path, 'latin1')]),
  );
}
