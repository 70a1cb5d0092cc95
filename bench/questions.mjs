// Measures the cost of questions: node bench/questions.mjs [dist] [articles, default 100000]
// A new question over all stored texts in CPU seconds, the same run again, and fifty new articles over few and over all stored ones.
// Exits with 1 above the targets.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { articles, store as fill } from './support/made-up.mjs';

const dist = path.resolve(process.argv[2] ?? 'dist');
const load = (file) => import(pathToFileURL(path.join(dist, file)).href);
const { createAsking } = await load('pipeline/organize/ask-questions.js');
const { orderKey } = await load('model/order.js');
const { openSqlite } = await load('store/sqlite/sqlite.js');
const { findDriver } = await load('store/sqlite/driver.js');
const driver = await findDriver();

const MOST = Number(process.argv[3] === '--of' ? process.argv[5] : (process.argv[3] ?? 100_000));
const FEW = 5_000;
const NEW = 50;
const ROUNDS = 12;
const targets = { seconds: 5 * (MOST / 100_000), again: 0.01, ratio: 1.5 };

const wire = articles(6);
const take = (count) => Array.from({ length: count }, () => wire.next().value);
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const nothing = { topics: [], sources: [], author: [], language: [], media: [], text: null };
const text = { any: ['kiflomu', 'dricezuna', 'susu xodri'], all: ['wiflomuwi'], near: [], none: ['hazu'] };
const channels = [{ path: 'channels/asked', question: { ...nothing, text, stories: 0, not: nothing } }];

if (process.argv[3] === '--of') {
  console.log(JSON.stringify(await asked(process.argv[4])));
} else {
  const folder = mkdtempSync(path.join(tmpdir(), 'newsloom-bench-'));
  try {
    process.exitCode = (await isGood(folder)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function isGood(folder) {
  const [small, large] = ['small', 'large'].map((name) => path.join(folder, `${name}.db`));
  await addArticles(small, FEW);
  copyFileSync(small, large);
  await addArticles(large, MOST - FEW);
  const [few, many] = [small, large].map(inOwnProcess);
  const ratio = many.fresh / few.fresh;
  const ms = (seconds) => `${(seconds * 1000).toFixed(1)} ms`;
  console.log(
    `a new question over ${MOST} articles: ${many.seconds.toFixed(2)} s of CPU; in the channel: ${many.found}`,
  );
  console.log(`in the next run: ${ms(many.again)}`);
  console.log(
    `${NEW} new articles over ${FEW}: ${ms(few.fresh)}, over ${MOST}: ${ms(many.fresh)}: ${ratio.toFixed(2)}×`,
  );
  const isGood = many.seconds <= targets.seconds && many.again <= targets.again && ratio <= targets.ratio;
  if (!isGood) console.log(`ABOVE THE TARGETS: ${JSON.stringify(targets)}`);
  return isGood;
}

function inOwnProcess(file) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), dist, '--of', file, String(MOST)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${file}: exited with ${child.status}`);
  return JSON.parse(child.stdout);
}

async function addArticles(file, count) {
  const store = openSqlite(file, 'write', driver);
  for (let done = 0; done < count; done += 5_000) {
    await fill(take(Math.min(5_000, count - done)), store);
    await placeAll(store);
  }
  await store.close();
  rmSync(`${file}.sum`, { force: true }); // the file may be copied before it is written again
}

async function placeAll(store) {
  const next = () => store.unplaced(1_000);
  for (let found = await next(); found.length > 0; found = await next())
    await store.place(found.map((article) => ({ ref: article.ref, order: orderKey(article), channels: ['all'] })));
}

/** CPU seconds of the question over all, of the next run, and of the fastest run with new articles. */
async function asked(file) {
  const store = openSqlite(file, 'write', driver);
  await store.countArticles(); // opens it
  const timed = async (what) => {
    const start = cpu();
    await what(await createAsking(store, channels, 'fold'));
    return cpu() - start;
  };
  const seconds = await timed((asking) => asking.askAll('stored'));
  const found = (await store.head('channels/asked', MOST)).length;
  const again = await timed((asking) => asking.askAll('stored'));
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await fill(
      take(NEW).map((article) => ({ ...article, id: `later-${article.id}` })),
      store,
    );
    const fresh = await store.unplaced(NEW);
    times.push(await timed((asking) => asking.channelsOf(fresh, new Map(), new Set())));
    await placeAll(store);
  }
  await store.close();
  return { seconds, found, again, fresh: Math.min(...times) };
}
