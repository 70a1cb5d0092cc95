// Measures whether clustering slows down with the number of stored articles: node bench/million.mjs [dist] [articles, default 1000000]
// Clusters fifty new articles over 15,000, and over a million of which the rest is older and closed. Measures CPU and peak memory.
// Exits with 1 above the targets. `--of FILE` measures one store.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { addOlder } from './support/add-older.mjs';
import { articles, store as fill, placeAll } from './support/made-up.mjs';

const dist = path.resolve(process.argv[2] ?? 'dist');
const load = (file) => import(pathToFileURL(path.join(dist, file)).href);
const { findStories } = await load('pipeline/organize/find-stories.js');
const { openSqlite } = await load('store/sqlite/sqlite.js');
const { findDriver } = await load('store/sqlite/driver.js');
const driver = await findDriver();

const LIVE = 15_000;
const NEW = 50;
const ROUNDS = 12;
const targets = { ratio: 1.5, megabytes: 50 };
const site = { siteHost: 'news.example' };
const wire = articles();
const take = (count) => Array.from({ length: count }, () => wire.next().value);
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

if (process.argv[3] === '--of') {
  console.log(JSON.stringify(await measure(process.argv[4])));
} else {
  const most = Number(process.argv[3] ?? 1_000_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'newsloom-bench-'));
  const [small, large] = ['small', 'large'].map((name) => path.join(folder, `${name}.db`));
  await fillLive(small);
  copyFileSync(small, large);
  addOlder(driver(large, 'write'), large, most - LIVE);
  const [few, many] = [small, large].map(inOwnProcess);
  rmSync(folder, { recursive: true });
  const ratio = many.took / few.took;
  const more = many.megabytes - few.megabytes;
  console.log(`${NEW} new articles over ${LIVE}: ${few.took.toFixed(0)} ms, ${few.megabytes.toFixed(0)} MB`);
  console.log(`${NEW} new articles over ${most}: ${many.took.toFixed(0)} ms, ${many.megabytes.toFixed(0)} MB`);
  const isGood = ratio <= targets.ratio && more <= targets.megabytes;
  console.log(`${ratio.toFixed(2)}×, ${more.toFixed(0)} MB more${isGood ? '' : '  ABOVE THE TARGET'}`);
  process.exitCode = isGood ? 0 : 1;
}

async function fillLive(file) {
  const store = openSqlite(file, 'write', driver);
  for (let done = 0; done < LIVE; done += 5_000) await run(store, 5_000);
  await store.close();
}

function inOwnProcess(file) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), dist, '--of', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${file}: exited with ${child.status}`);
  return JSON.parse(child.stdout);
}

/** Fastest round in milliseconds, and peak memory of the process. */
async function measure(file) {
  take(LIVE); // skips those in the store
  const store = openSqlite(file, 'write', driver);
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await run(store, NEW));
  await store.close();
  return { took: Math.min(...times), megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function run(store, count) {
  await fill(take(count), store);
  const start = cpu();
  await findStories(store, site);
  const took = cpu() - start;
  await placeAll(store);
  return took;
}
