// Makes a site with a release, for test/e2e/upgrade.test.ts: node scripts/upgrade-fixture.mjs <its dist folder> <fixture folder>

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';

const [dist, fixture] = process.argv.slice(2).map((path) => resolve(path));
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const [{ loadSite }, { runSite }] = [await load('app/load-site.js'), await load('app/run-site.js')];

const CONFIG = `site: { title: The Section, url: "https://news.example.org/" }
sources:
${['a', 'b', 'c'].map((id) => `  - { id: ${id}, url: "http://${id}.example/feed" }`).join('\n')}
topics: [{ id: sea, label: Sea, any: [ferry, harbour] }, { id: rail, label: Rail, any: [tram] }]
fetch: { allowPrivateAddresses: true, spacing: 0s }
publish: { items: 5, formats: [json, html] }
`;

const EVENTS = [
  'harbour in Stralsund closes after the storm',
  'ferry line to Hiddensee begins again',
  'tram line nine stops in the old town',
  'council of Rostock elects a new mayor',
  'museum of the sea opens its northern wing',
  'bridge over the Warnow is closed for repairs',
  'harbour workers of Wismar end their strike',
  'winter timetable of the tram has fewer trips',
];

/** Each publication reports most events in its own words. */
function writeFeed(id, count, corrected) {
  const items = EVENTS.slice(0, count).flatMap((event, i) => {
    if ((i + id.charCodeAt(0)) % 4 === 0) return [];
    const date = new Date(Date.UTC(2026, 10, 20, 6 + 3 * i, id.charCodeAt(0) % 50)).toUTCString();
    const mended = corrected && i === 2 ? ' (corrected)' : '';
    return `<item><title>The ${event}${id === 'a' ? '' : `, ${id} reports`}${mended}</title><link>https://${id}.example/${i}</link><guid>${id}-${i}</guid><pubDate>${date}</pubDate><description>The ${event}, as the town hall announced on Friday.</description></item>`;
  });
  return `<rss version="2.0"><channel><title>Paper ${id}</title><link>https://${id}.example/</link>${items.reverse().join('')}</channel></rss>`;
}

let [count, corrected] = [0, false];
const server = createServer((request, response) =>
  response.setHeader('content-type', 'application/rss+xml').end(writeFeed(request.headers.host[0], count, corrected)),
);
await new Promise((up) => server.listen(0, '127.0.0.1', up));
const root = mkdtempSync(join(tmpdir(), 'newsloom-upgrade-'));
mkdirSync(join(root, 'config'));
const config = join(root, 'config', 'newsloom.yaml');
writeFileSync(config, CONFIG);
for (const [day, events, mended] of [
  [21, 4, false],
  [22, 6, true],
  [23, 8, true],
]) {
  [count, corrected] = [events, mended];
  await runSite(await loadSite(config, {}), {
    now: new Date(Date.UTC(2026, 10, day, 9)),
    force: true,
    only: null,
    offline: false,
    dryRun: false,
    forcePublish: false,
    signal: new AbortController().signal,
    observer: { start() {}, done() {}, published() {} },
    resolve: () => ({ address: '127.0.0.1', port: server.address().port }),
  });
}
server.close();

const store = join(root, '.newsloom', 'newsloom.db');
const db = new Database(store);
db.exec('PRAGMA journal_mode = DELETE; VACUUM');
db.close();
rmSync(fixture, { recursive: true, force: true });
mkdirSync(fixture, { recursive: true });
const feeds = join(root, 'feeds');
const paths = readdirSync(feeds, { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile())
  .map((one) => join(one.parentPath, one.name).slice(feeds.length + 1))
  .sort();
const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(feeds, path), 'utf8')]));
const site = { config: CONFIG, store: readFileSync(store).toString('base64'), files };
writeFileSync(join(fixture, 'site.json.gz'), gzipSync(JSON.stringify(site), { level: 9 }));
rmSync(root, { recursive: true });
