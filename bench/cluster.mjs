// How fast stories are found, in memory and over a store: node bench/cluster.mjs [compiled folder, default dist] [articles in the store, default 100000]
// Made-up events, each told by one to eight papers in words of their own; per CPU-second. Exit 1 below the targets.
// `node bench/cluster.mjs FOLDER --in-memory COUNT` is one index alone, in a process of its own so that its memory can be told.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = path.resolve(process.argv[2] ?? 'dist');
const inMemory = process.argv[3] === '--in-memory' ? Number(process.argv[4]) : null;
const stored = Number(process.argv[3] ?? 100_000);
const load = (file) => import(pathToFileURL(path.join(folder, file)).href);
const { createStoryIndex } = await load('cluster/story-index.js');
const { findStories } = await load('pipeline/organize/find-stories.js');
const { openSqlite } = await load('store/sqlite/sqlite.js');
const { findDriver } = await load('store/sqlite/driver.js');

const targets = { small: 4_000, large: 2_000, megabytes: 250, run: 300 };

let seed = 20_260_301;
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
};
const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo'.split(' ');
const invent = (length) => Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('');
const vocabulary = Array.from({ length: 20_000 }, () => invent(2 + Math.floor(random() * 3)));
const common = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? vocabulary[0];

let number = 0;
let time = Date.UTC(2026, 2, 1);
function* articles() {
  const running = [];
  for (;;) {
    if (running.length < 40 || random() < 0.3) {
      running.push({ words: Array.from({ length: 12 }, () => invent(4)), left: 1 + Math.floor(random() * 8) });
    }
    const at = Math.floor(random() * running.length);
    const { words } = running[at];
    if (--running[at].left === 0) running.splice(at, 1);
    const text = Array.from({ length: 45 }, () => (random() < 0.25 ? words[Math.floor(random() * 12)] : common()));
    time += 6_000;
    number += 1;
    const [title, summary] = [text.slice(0, 9).join(' '), text.slice(9).join(' ')];
    yield {
      id: `a${number}`,
      sourceId: `s${number % 97}`,
      title,
      summary,
      language: 'en',
      publishedAt: new Date(time),
    };
  }
}
const wire = articles();
const take = (count) => Array.from({ length: count }, () => wire.next().value);
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

let bad = false;
function report(what, value, unit, isGood) {
  if (!isGood) bad = true;
  console.log(`${what}: ${Math.round(value)} ${unit}${isGood ? '' : '  BELOW THE TARGET'}`);
}

if (inMemory !== null) {
  console.log(JSON.stringify(measureIndex(inMemory)));
  process.exit(0);
}
const small = ownProcess(10_000);
report('10000 articles in memory', small.speed, 'a second', small.speed >= targets.small);
const large = ownProcess(50_000);
report('50000 articles in memory', large.speed, 'a second', large.speed >= targets.large);
report('peak memory', large.megabytes, 'MB', large.megabytes <= targets.megabytes);

const place = mkdtempSync(path.join(tmpdir(), 'newsloom-bench-'));
const store = openSqlite(path.join(place, 'bench.db'), 'write', await findDriver());
const site = { siteHost: 'news.example' };
const noChanges = {
  changed: [],
  aliases: [],
  alsoIn: [],
  withdrawn: [],
  restored: [],
  reclaimed: [],
  topicsFingerprint: 'bench',
  snapshot: null,
};
for (let done = 0; done < stored; done += 10_000) await run(Math.min(10_000, stored - done));
await run(10); // compiles what only small runs need
const times = [];
for (let n = 0; n < 5; n += 1) times.push(await run(10));
const median = times.sort((a, b) => a - b)[2];
report(`ten new articles over ${stored}`, median, 'ms', median <= targets.run);
await store.close();
rmSync(place, { recursive: true });
process.exitCode = bad ? 1 : 0;

function ownProcess(count) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), folder, '--in-memory', String(count)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`an index of ${count} ended with ${child.status}`);
  return JSON.parse(child.stdout);
}

/** Articles per CPU-second, their making not counted, and the most memory that the process ever had. */
function measureIndex(count) {
  const index = createStoryIndex();
  let spent = 0;
  for (let done = 0; done < count; done += 1_000) {
    const list = take(Math.min(1_000, count - done)); // as they come: nobody holds all of them
    const start = cpu();
    for (const article of list) index.add(article);
    spent += cpu() - start;
  }
  const start = cpu();
  index.stories();
  spent += cpu() - start;
  return { speed: count / spent, megabytes: process.resourceUsage().maxRSS / 1024 };
}

/** Brings articles and seats them; returns the milliseconds that seating took. */
async function run(count) {
  const list = take(count);
  const first = await store.reserveRefs(count);
  const bySource = new Map();
  list.forEach((article, at) => {
    bySource.set(article.sourceId, [...(bySource.get(article.sourceId) ?? []), asNew(article, first + at)]);
  });
  for (const [sourceId, added] of bySource) await store.saveFetch(state(sourceId), { ...noChanges, added });
  await store.mint(
    list.map(({ id }, at) => ({ ref: first + at, id })),
    [],
  );
  const start = cpu();
  await findStories(store, site);
  return (cpu() - start) * 1000;
}

function asNew(article, ref) {
  const publication = { title: article.sourceId, url: null, feedUrl: null };
  return {
    ...article,
    ref,
    place: 0,
    publishedAtFrom: 'published',
    firstSeenAt: article.publishedAt,
    topics: [],
    keys: [{ kind: 'url', value: article.id }],
    mintOnly: false,
    guid: article.id,
    url: `https://news.example/${article.id}`,
    contentHtml: null,
    authors: [],
    attribution: { publication, via: null, credited: null },
    image: null,
    enclosures: [],
    categories: [],
    rights: null,
    contentHash: article.id,
  };
}

function state(sourceId) {
  const nothing = {
    adoptedUrl: null,
    redirect: null,
    validators: null,
    bodyHash: null,
    lastAttemptAt: null,
    error: null,
  };
  const never = {
    lastSuccessAt: null,
    nextAttemptAt: null,
    healthSince: null,
    oldestItemAt: null,
    newestArticleAt: null,
  };
  const unsaid = {
    askedMinutes: null,
    documentMinutes: null,
    skipHours: [],
    skipDays: [],
    recentDates: [],
    profile: null,
    homeSince: null,
  };
  const counts = { failures: 0, gone: 0, blocked: 0, health: 'ok', lastRead: [], guidsUnusable: false };
  return { sourceId, configuredUrl: 'https://news.example/', ...nothing, ...never, ...unsaid, ...counts };
}
