// Measures the speed of clustering in memory and with a store: node bench/cluster.mjs [dist] [articles in the store, default 100000]
// Uses invented events, each reported by one to eight papers. Results are per CPU second. Exits with 1 below the targets.
// `--in-memory COUNT` measures one index in its own process, to determine its memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { articles, store as fill, placeAll } from './support/made-up.mjs';

const folder = path.resolve(process.argv[2] ?? 'dist');
const inMemory = process.argv[3] === '--in-memory' ? Number(process.argv[4]) : null;
const stored = Number(process.argv[3] ?? 100_000);
const load = (file) => import(pathToFileURL(path.join(folder, file)).href);
const { createStoryIndex } = await load('cluster/story-index.js');
const { findStories } = await load('pipeline/organize/find-stories.js');
const { openSqlite } = await load('store/sqlite/sqlite.js');
const { findDriver } = await load('store/sqlite/driver.js');

const targets = { small: 5_000, large: 3_000, megabytes: 260, run: 100 };

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
for (let done = 0; done < stored; done += 10_000) await run(Math.min(10_000, stored - done));
await run(10); // compiles code that only small runs use
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
  if (child.status !== 0) throw new Error(`an index of ${count} exited with ${child.status}`);
  return JSON.parse(child.stdout);
}

/** Articles per CPU second, without generating them, and peak memory of the process. */
function measureIndex(count) {
  const index = createStoryIndex();
  let spent = 0;
  for (let done = 0; done < count; done += 1_000) {
    const list = take(Math.min(1_000, count - done)); // in batches, so that not all are in memory
    const start = cpu();
    for (const article of list) index.add(article);
    spent += cpu() - start;
  }
  const start = cpu();
  index.stories();
  spent += cpu() - start;
  return { speed: count / spent, megabytes: process.resourceUsage().maxRSS / 1024 };
}

/** Adds articles, clusters and places them as in a run. Returns the milliseconds of clustering. */
async function run(count) {
  await fill(take(count), store);
  const start = cpu();
  await findStories(store, site);
  const took = (cpu() - start) * 1000;
  await placeAll(store);
  return took;
}
