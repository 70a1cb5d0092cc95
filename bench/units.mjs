// Measures what an article and a source cost in the store, in the published folder and in a run, and projects it onto a large site:
// node bench/units.mjs [dist] [--sources 200000] [--articles 100000000] [--sections 50]. Compares sites that differ in one number.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NEWEST, startOrigin } from './support/origin.mjs';
import { renderSiteConfig } from './support/site.mjs';
import { measureProcess } from './support/usage.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sources: { type: 'string', default: '200000' },
    articles: { type: 'string', default: '100000000' },
    sections: { type: 'string', default: '50' },
  },
});
const main = join(resolve(positionals[0] ?? 'dist'), 'main.js');
const [sources, articles, sections] = [values.sources, values.articles, values.sections].map(Number);
/** Few, many articles of the same sources, and the few articles of many sources. */
const SITES = { few: [200, 15], many: [200, 45], wide: [3000, 1] };

const measured = {};
for (const [name, [feeds, items]] of Object.entries(SITES)) measured[name] = await measureSite(feeds, items);
const { few, many, wide } = measured;
const perArticle = divide(many, few, 200 * 30);
const perSource = divide(wide, few, 2800);
const UNITS = { store: 'bytes', folder: 'bytes', files: 'files', memory: 'bytes', cpu: 'ms', first: 'ms' };
for (const [what, unit] of Object.entries(UNITS))
  console.log(
    `${what.padEnd(7)} ${format(perArticle[what])} ${unit} an article, ${format(perSource[what])} ${unit} a source`,
  );
for (const [whole, parts] of [
  ['one site', 1],
  [`each of ${sections} sites`, sections],
]) {
  const total = (what) => (perArticle[what] * articles + perSource[what] * sources) / parts;
  const [store, folder, memory] = ['store', 'folder', 'memory'].map((what) => `${(total(what) / 1e9).toFixed(0)} GB`);
  console.log(
    `${whole}: store ${store}, folder ${folder} in ${format(total('files') / 1e6)} million files, quiet run ${memory} and ${format(total('cpu') / 1000)} CPU s`,
  );
}

/** Sizes, the cost of a run without news, and CPU time of the first run. */
async function measureSite(feeds, items) {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-units-'));
  const origin = await startOrigin(feeds, items);
  try {
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'config', 'newsloom.yaml'), renderSiteConfig(origin.urls, []));
    const build = (minutes) => {
      const now = new Date(NEWEST + minutes * 60_000).toISOString();
      return measureProcess([main, 'build', '--quiet', '--force', '--now', now], folder);
    };
    const first = await build(60);
    await build(120);
    const runs = [await build(180), await build(240), await build(300)];
    const least = (what) => Math.min(...runs.map((run) => run[what]));
    const files = readdirSync(join(folder, 'feeds'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    const store = statSync(join(folder, '.newsloom', 'newsloom.db')).size;
    return {
      store,
      folder: bytes,
      files: files.length,
      memory: least('megabytes') * 1e6,
      cpu: least('cpu'),
      first: first.cpu,
    };
  } finally {
    origin.process.kill();
    rmSync(folder, { recursive: true });
  }
}

function divide(large, small, count) {
  return Object.fromEntries(Object.keys(large).map((what) => [what, (large[what] - small[what]) / count]));
}

function format(number) {
  return Number(number.toPrecision(2)).toString();
}
