// Measures runs of a site with many published pages: node bench/published.mjs [dist] [pages, default 400000] [--rounds 3]
// Publishes a small site, then stores and publishes its articles again and again as older ones. The copied files are hard links.
// Prints CPU and elapsed time and peak memory of runs without news and of runs with one new article.
// Exits with 1 if a run without news is above the targets.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
});
const dist = path.resolve(positionals[0] ?? 'dist');
const pages = Number(positionals[1] ?? 400_000);
const TARGETS = { seconds: 0.8, megabytes: 150 };
const SOURCES = 20;
const ITEMS = 100;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 24, 8);
const WORDS = 'harbour election storm railway vaccine budget festival treaty council river'.split(' ');

const load = (file) => import(pathToFileURL(path.join(dist, file)).href);
const { findDriver } = await load('store/sqlite/driver.js');
const { manifestFile, readManifest } = await load('compose/manifest.js');
const { toOrderKey } = await load('model/order.js');
const { countArchiveDocuments } = await load('model/archive.js');
const { shortHash } = await load('pipeline/facts/page-fingerprints.js');
const { toSlug } = await load('text/slug.js');
const { contentDigest } = await load('text/digest.js');
const driver = await findDriver();

const site = mkdtempSync(path.join(tmpdir(), 'newsloom-bench-'));
const feeds = path.join(site, 'feeds');
const usageFile = path.join(site, 'usage');
/** Records the CPU time and the peak memory of a process at exit. */
const usageNote = `data:text/javascript,${encodeURIComponent(
  `import { isMainThread } from 'node:worker_threads'; import { writeFileSync } from 'node:fs';
   if (isMainThread) process.on('exit', () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));`,
)}`;

let hours = 0;
try {
  writeSite();
  build();
  publishOlder();
  build(); // the first run after the copying may check more
  const quiet = rounds(() => {});
  const news = rounds((round) => writeFeed(0, round));
  for (const [name, all] of Object.entries({ 'nothing new': quiet, 'one new article': news })) {
    const least = (key) => Math.min(...all.map((one) => one[key]));
    const most = Math.max(...all.map(({ megabytes }) => megabytes));
    console.log(
      `${pages} pages, ${name}: CPU ${least('cpu').toFixed(2)} s, elapsed ${least('wall').toFixed(2)} s, ` +
        `${most.toFixed(0)} MB, files ${JSON.stringify(all.at(-1).files)}`,
    );
  }
  const isGood =
    quiet.some(({ cpu }) => cpu <= TARGETS.seconds) && quiet.every((one) => one.megabytes <= TARGETS.megabytes);
  if (!isGood) console.log(`ABOVE THE TARGET: ${TARGETS.seconds} s of CPU, ${TARGETS.megabytes} MB`);
  process.exitCode = isGood ? 0 : 1;
} finally {
  rmSync(site, { recursive: true, force: true });
}

function rounds(prepare) {
  return Array.from({ length: Number(values.rounds) }, (_, i) => {
    prepare(i + 1);
    return build();
  });
}

function build() {
  hours += 1;
  const now = new Date(START + hours * HOUR).toISOString();
  const args = [
    '--import',
    usageNote,
    path.join(dist, 'main.js'),
    'build',
    '--config',
    'newsloom.yaml',
    '--quiet',
    '--json',
    '--force',
    '--now',
    now,
  ];
  const began = performance.now();
  const child = spawnSync(process.execPath, args, {
    cwd: site,
    encoding: 'utf8',
    env: { ...process.env, USAGE_FILE: usageFile },
    maxBuffer: 1 << 30,
  });
  const wall = (performance.now() - began) / 1000;
  if (child.status !== 0) throw new Error(`exit ${child.status}: ${child.stderr.slice(-500)}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8'));
  const { files } = JSON.parse(child.stdout);
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, wall, megabytes: maxRSS / 1024, files };
}

function writeSite() {
  mkdirSync(path.join(site, 'in'), { recursive: true });
  const ids = Array.from({ length: SOURCES }, (_, i) => i);
  for (const id of ids) writeFeed(id, 0);
  const lines = [
    'site: { title: The Section, url: "https://news.example.org/" }',
    'publish: { formats: [rss, atom, json, opml, html] }',
    'sources:',
    ...ids.map((id) => `  - { id: s${id}, url: "file:in/${id}.rss", content: full }`),
    'topics:',
    ...WORDS.slice(0, 5).map((word) => `  - { id: ${word}, label: ${word}, any: [${word}] }`),
  ];
  writeFileSync(path.join(site, 'newsloom.yaml'), `${lines.join('\n')}\n`);
}

/** `extra`: number of items that are newer than the initial ones. */
function writeFeed(source, extra) {
  const items = Array.from({ length: ITEMS + extra }, (_, i) => renderItem(source, extra - i));
  const about = `<title>Paper ${source}</title><link>https://s${source}.example/</link><description>x</description><language>en</language>`;
  writeFileSync(
    path.join(site, 'in', `${source}.rss`),
    `<rss version="2.0"><channel>${about}${items.join('')}</channel></rss>`,
  );
}

/** No two articles are about the same event. */
function renderItem(source, number) {
  const text = (length, part) => Array.from({ length }, (_, i) => invent(source, number, part * 100 + i)).join(' ');
  const url = `https://s${source}.example/${number}`;
  const topic = WORDS[Math.abs(source + number) % WORDS.length];
  const date = new Date(START + number * 60_000 + source * 1000).toUTCString();
  return `<item><title>${topic} ${text(7, 0)}</title><link>${url}</link><guid>${url}</guid><pubDate>${date}</pubDate><description>${text(30, 1)}.</description></item>`;
}

function invent(...numbers) {
  return createHash('sha256').update(numbers.join()).digest('base64').replace(/[^a-z]/g, '').slice(0, 7); // biome-ignore format: one line
}

/** Adds copies of the stored articles, each time a week older and in the archives, with their files. */
function publishOlder() {
  const db = driver(path.join(site, '.newsloom', 'newsloom.db'), 'write');
  db.exec('PRAGMA synchronous = OFF; BEGIN');
  const articles = db.prepare('SELECT * FROM article JOIN article_text USING (ref) WHERE id IS NOT NULL').all();
  const files = new Map(
    db
      .prepare('SELECT * FROM file')
      .all()
      .map((file) => [file.path, file]),
  );
  const channels = db.prepare('SELECT * FROM channel WHERE members > 0').all();
  const copies = Math.ceil(pages / articles.length);
  const spots = new Map(channels.map(({ n, members }) => [n, (copies - 1) * members]));
  // The oldest articles come first in the archives.
  for (const [channel, more] of spots) {
    db.prepare('UPDATE member SET spot = spot + ? WHERE channel = ? AND spot IS NOT NULL').run(more, channel);
    db.prepare('UPDATE archive SET spot = -1 - (spot + ?) WHERE channel = ?').run(more, channel);
  }
  db.exec('UPDATE archive SET spot = -1 - spot');
  const statements = new Map();
  const insert = (table, row) => {
    const key = `${table} ${Object.keys(row)}`;
    const marks = Object.keys(row).map(() => '?');
    if (!statements.has(key))
      statements.set(key, db.prepare(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${marks})`));
    statements.get(key).run(...Object.values(row));
  };
  const columns = (table) =>
    db
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name);
  const [short, long] = [columns('article'), columns('article_text')];
  const pick = (row, names) => Object.fromEntries(names.map((name) => [name, row[name]]));
  const publish = (like, to) => {
    mkdirSync(path.dirname(path.join(feeds, to)), { recursive: true });
    linkSync(path.join(feeds, like.path), path.join(feeds, to));
    insert('file', { ...like, path: to });
    files.set(to, { ...like, path: to });
  };
  const { top } = db.prepare('SELECT max(ref) AS top FROM article').get();
  const places = new Map(articles.map(({ ref }, i) => [ref, i]));
  for (let copy = 1; copy < copies; copy += 1) {
    const older = copy * 168 * HOUR;
    const refOf = (i) => top + (copy - 1) * articles.length + i + 1;
    const renumber = (refs) => refs.split(',').map((ref) => (places.has(Number(ref)) ? refOf(places.get(Number(ref))) : ref)).join(); // biome-ignore format: one line
    for (const [i, article] of articles.entries()) {
      const [id, ref, published, seen] = [`${article.id}/${copy}`, refOf(i), article.published - older, article.first_seen - older]; // biome-ignore format: one line
      const ord = toOrderKey({ publishedAt: new Date(published), publishedAtFrom: article.published_from, firstSeenAt: new Date(seen), place: article.place, sourceId: article.source, id }); // biome-ignore format: one line
      const row = { ...article, ref, id, published, first_seen: seen, updated: null, ord };
      insert('article', pick(row, short));
      insert('article_text', pick(row, long));
      for (const channel of JSON.parse(article.channels)) {
        const spot = spots.get(channel) - 1;
        spots.set(channel, spot);
        insert('member', { channel, state: 1, ord, ref, spot });
        insert('archive', { channel, spot, ref });
      }
      const page = files.get(`articles/${toSlug(article.id)}.html`);
      const [kind, frame, , own, named, ...links] = page.inputs.split(' ');
      const inputs = [kind, frame, ref, own, named, ...links.map(renumber)].join(' ');
      publish({ ...page, inputs }, `articles/${toSlug(id)}.html`);
    }
  }
  for (const { n, path: channel, members, archived } of channels) {
    const more = (copies - 1) * members;
    db.prepare('UPDATE channel SET members = members + ?, archived = archived + ? WHERE n = ?').run(more, more, n);
    const last = countArchiveDocuments(archived + more);
    for (const format of ['rss', 'atom', 'json', 'html']) {
      const first = files.get(`archive/${channel}/1.${format}`);
      for (let number = 1; first !== undefined && number <= last; number += 1) {
        const to = `archive/${channel}/${number}.${format}`;
        const about = { kind: 'archive', number, next: number < last ? number + 1 : null };
        const inputs = first.inputs?.replace(/^(list \S+) \S+/, (_, frame) => `${frame} ${shortHash(about)}`) ?? null;
        if (!files.has(to)) publish({ ...first, inputs }, to);
        else db.prepare('UPDATE file SET inputs = ? WHERE path = ?').run(inputs, to);
      }
    }
  }
  db.prepare("UPDATE counter SET n = ? + (name = 'next_ref') WHERE name <> 'articles'").run(
    top + (copies - 1) * articles.length,
  );
  db.prepare("UPDATE counter SET n = ? WHERE name = 'articles'").run(copies * articles.length);
  writeManifest(db, files);
  // The program counts and checks what it did not write itself.
  db.prepare("DELETE FROM meta WHERE key = 'sealed'").run();
  db.exec('COMMIT');
  db.close();
  rmSync(path.join(site, '.newsloom', 'newsloom.db.sum'), { force: true });
}

function writeManifest(db, files) {
  const place = path.join(feeds, 'manifest.json');
  const { site: url, pages: kept, sizes } = readManifest(readFileSync(place, 'utf8'));
  const all = [...files.values()].filter(({ path: one }) => one !== 'manifest.json');
  const isHealth = (one) => one.startsWith('status.') && !sizes.has(one);
  const sized = all.map(({ path: one, size }) => ({ path: one, size: isHealth(one) ? null : size }));
  const { bytes } = manifestFile(url, sized, kept);
  writeFileSync(place, bytes);
  db.prepare("UPDATE file SET size = ? WHERE path = 'manifest.json'").run(Buffer.byteLength(bytes));
  const note = JSON.parse(db.prepare("SELECT value FROM meta WHERE key = 'published'").get().value);
  const changed = { ...note, manifest: contentDigest(bytes), files: {} };
  db.prepare("UPDATE meta SET value = ? WHERE key = 'published'").run(JSON.stringify(changed));
}
