// Measures the cost of editorial changes: node bench/desk.mjs [dist] [articles in the store, default 100000]
// Applies rules to all stored articles again, and applies ten thousand desk entries with and without a change.
// In CPU milliseconds. Exits with 1 above the targets.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { articles, store as fill } from './support/made-up.mjs';

const folder = path.resolve(process.argv[2] ?? 'dist');
const stored = Number(process.argv[3] ?? 100_000);
const load = (file) => import(pathToFileURL(path.join(folder, file)).href);
const { openSqlite } = await load('store/sqlite/sqlite.js');
const { findDriver } = await load('store/sqlite/driver.js');
const { loadSite } = await load('app/load-site.js');
const { cacheSettings } = await load('config/settings-cache.js');
const { version } = await load('observe/version.js');
const { applyRules } = await load('pipeline/organize/apply-rules.js');
const { siteRulesOf } = await load('pipeline/facts/site-rules.js');
const { applyDesk } = await load('pipeline/organize/apply-desk.js');

const ENTRIES = 10_000;
const targets = { rules: 5_000, desk: 1_000, unchanged: 50 };

const place = mkdtempSync(path.join(tmpdir(), 'newsloom-bench-'));
const config = path.join(place, 'config', 'newsloom.yaml');
mkdirSync(path.join(place, '.newsloom'));
mkdirSync(path.dirname(config));
const store = openSqlite(path.join(place, 'bench.db'), 'write', await findDriver());
const wire = articles();
const whole = (article) => ({ ...article, contentHtml: `<p>${article.summary}</p>`.repeat(8) });
for (let done = 0; done < stored; done += 5_000)
  await fill(
    Array.from({ length: Math.min(5_000, stored - done) }, () => whole(wire.next().value)),
    store,
  );

let bad = false;
async function measure(what, most, work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const spent = (user + system) / 1_000;
  if (spent > most) bad = true;
  console.log(`${what}: ${Math.round(spent)} ms${spent > most ? `  ABOVE THE TARGET ${most}` : ''}`);
}

const now = new Date(Date.UTC(2026, 3, 1));
const site = (rules) =>
  writeFileSync(
    config,
    `site: { title: Bench, url: https://news.example/ }
sources: [{ id: s0, url: https://news.example/feed }]
rules:
${rules.map((rule) => `  - ${rule}\n`).join('')}`,
  );
const changeDesk = (title) => {
  const entries = Array.from(
    { length: ENTRIES },
    (_, i) => `- article: https://news.example/a${i + 1}\n  note: seen\n`,
  );
  writeFileSync(path.join(place, 'config', 'desk.yaml'), `${entries.join('')}  title: ${title}\n`);
};
const rule = async () => applyRules({ store, rules: siteRulesOf(await loadSite(config, {})), now });
const desk = async () => {
  const settings = await loadSite(config, {});
  await applyDesk(
    { store, desk: settings.desk, sources: settings.sources, feedsUrl: 'https://news.example/feeds/', now },
    false,
  );
  return settings;
};

// Rare invented words and an expression: every article is tested, few are dropped.
site(['drop: { title: [brafogu, "quironape"], text: ["/\\\\bxowivezu\\\\b/i"] }']);
await measure(`a rule applied to ${stored} articles`, targets.rules, rule);
site(['drop: { title: [brafogu, "quironape"] }', 'retitle: { cut: ["/^xo\\\\w+ /"] }']);
await measure(`other rules applied to ${stored} articles`, targets.rules, rule);
changeDesk('First');
await measure(`${ENTRIES} new desk entries`, 3 * targets.desk, desk);
changeDesk('Second');
let settings;
await measure(`one of ${ENTRIES} desk entries changed`, targets.desk, async () => {
  settings = await desk();
});
await cacheSettings(settings, version);
await measure(`none of ${ENTRIES} desk entries changed`, targets.unchanged, desk);
await store.close();
rmSync(place, { recursive: true });
process.exitCode = bad ? 1 : 0;
