// Measures whether a run slows down with the number of stored articles: node bench/million-store.mjs [dist] [--articles 1000000] [--rounds 5]
// Builds one site with 10,000 articles, and with a million of which the rest is older: with nothing new, and with fifty new articles.
// Publishes no archives and no pages, because the older articles have no files. Compares the CPU of the fastest runs. Exits with 1
// above the targets.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { addOlder } from './support/add-older.mjs';
import { NEWEST, startOrigin } from './support/origin.mjs';
import { renderSiteConfig } from './support/site.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { articles: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' } },
});
const [most, rounds] = [values.articles, values.rounds].map(Number);
const dist = path.resolve(positionals[0] ?? 'dist');
const { findDriver } = await import(pathToFileURL(path.join(dist, 'store/sqlite/driver.js')).href);
const driver = await findDriver();

const [FEEDS, ITEMS] = [500, 20];
const targets = { 'nothing new': 1.1, 'fifty new articles': 1.3 };
const folder = mkdtempSync(path.join(tmpdir(), 'newsloom-bench-'));
const usageFile = path.join(folder, 'usage');
/** Records the CPU time and peak memory of a process at exit. */
const usageNote = `data:text/javascript,${encodeURIComponent(
  `import { isMainThread } from 'node:worker_threads'; import { writeFileSync } from 'node:fs';
   if (isMainThread) process.on('exit', () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));`,
)}`;

const origin = await startOrigin(FEEDS, ITEMS);
try {
  prepareSites();
  process.exitCode = (await isGood()) ? 0 : 1;
} finally {
  origin.process.kill();
  rmSync(folder, { recursive: true, force: true });
}

function prepareSites() {
  mkdirSync(path.join(folder, 'small', 'config'), { recursive: true });
  writeFileSync(
    path.join(folder, 'small', 'config', 'newsloom.yaml'),
    renderSiteConfig(origin.urls, ['publish: { archive: false, formats: [rss, atom, json] }']),
  );
  build('small', 0);
  cpSync(path.join(folder, 'small'), path.join(folder, 'large'), { recursive: true });
  const file = path.join(folder, 'large', '.newsloom', 'newsloom.db');
  addOlder(driver(file, 'write'), file, most - FEEDS * ITEMS);
  build('large', 0); // checks the whole file once
}

async function isGood() {
  const all = new Map(Object.keys(targets).map((name) => [name, { small: [], large: [] }]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, took] of all) {
      if (name !== 'nothing new') await origin.advance();
      const hours = 2 * round + (name === 'nothing new' ? 0 : 1);
      for (const site of ['small', 'large']) took[site].push(build(site, hours));
    }
  }
  const ratios = [...all].map(([name, { small, large }]) => {
    const [few, many] = [small, large].map((runs) => Math.min(...runs.map(({ cpu }) => cpu)));
    const [less, more] = [small, large].map((runs) => Math.max(...runs.map(({ megabytes }) => megabytes)));
    const ratio = many / few;
    const note = ratio <= targets[name] ? '' : `  ABOVE THE TARGET: ${targets[name]}×`;
    console.log(
      `${name}: ${few.toFixed(0)} ms and ${less.toFixed(0)} MB with ${FEEDS * ITEMS} stored articles, ` +
        `${many.toFixed(0)} ms and ${more.toFixed(0)} MB with ${most}: ${ratio.toFixed(2)}×${note}`,
    );
    return ratio <= targets[name];
  });
  return ratios.every(Boolean);
}

/** CPU in milliseconds and peak memory. */
function build(site, hours) {
  const now = new Date(NEWEST + hours * 3_600_000).toISOString();
  const args = [
    '--import',
    usageNote,
    path.join(dist, 'main.js'),
    'build',
    '--quiet',
    '--json',
    '--force',
    '--now',
    now,
  ];
  const { status } = spawnSync(process.execPath, args, {
    cwd: path.join(folder, site),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, USAGE_FILE: usageFile },
  });
  if (status !== 0) throw new Error(`${site}: exited with ${status}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8'));
  return { cpu: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1024 };
}
