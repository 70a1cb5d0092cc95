/** Keys of the editor never reach an output, a published file or another user of the machine. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { runNewsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const KEY = 'hunter2';
let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds();
  site = aSite({ sources: [] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const PATHS = [
  { what: 'in its path, from the environment', path: `/\${KEY}/rss`, asked: `/${KEY}/rss` },
  { what: 'in its query, from the environment', path: `/rss?${'$'}{KEY}`, asked: `/rss?${KEY}` },
  { what: 'in its query, as it is', path: `/rss?key=${KEY}`, asked: `/rss?key=${KEY}` },
  { what: 'in its query, without a name', path: `/rss?${KEY}`, asked: `/rss?${KEY}` },
  { what: 'in its path, as it is', path: '/p/hunter2hunter2hunter2/rss', asked: '/p/hunter2hunter2hunter2/rss' },
];

describe.each(PATHS)('a key of a source $what', ({ path, asked }) => {
  const newsloom = (...argv: string[]) =>
    runNewsloom({ KEY }, ...argv, '--config', join(site.root, 'config', 'newsloom.yaml'));

  it.each([
    { what: 'is read', answer: 200 },
    { what: 'fails', answer: 500 },
    { what: 'has moved', answer: 301 },
  ])('is neither printed nor published when it $what', async ({ answer }) => {
    const self = `<channel xmlns:atom="http://www.w3.org/2005/Atom"><atom:link rel="self" href="${origin.url}${asked}"/>`;
    const body = rss('Paper', [{ title: 'Ferry sails' }]).replace('<channel>', self);
    const headers: Record<string, string> = answer === 301 ? { Location: `/moved${asked}` } : {};
    origin.pages.set(asked, { body: answer === 200 ? body : '', status: answer, headers });
    origin.pages.set(`/moved${asked}`, { body });
    const other = rss('Other', [{ title: 'Tram stops', link: 'https://other.example/tram' }]);
    origin.pages.set('/other', { body: other });
    site.configure({
      sources: [`url: "${origin.url}${path}"`, `{ id: other, url: "${origin.url}/other" }`],
      more: ['publish: { failures: true }'],
    });
    const said = [
      await newsloom('build'),
      await newsloom('build', '--json', '--force'),
      await newsloom('status'),
      await newsloom('status', '--json'),
      await newsloom('check', '--live'),
      await newsloom('sources', 'export'),
    ];
    expect(origin.requests.map((request) => request.path)).toContain(asked);
    expect(said.map(({ out, err }) => out + err).join('')).not.toContain(KEY);
    const published = site.files();
    expect(published.size).toBeGreaterThan(3);
    for (const [file, text] of published) expect(file + text).not.toContain(KEY);
  });
});

it('no message quotes a value from the environment, wherever it is used', async () => {
  const config = join(site.root, 'config', 'newsloom.yaml');
  const text = readFileSync(config, 'utf8').replace('sources:\n', 'sources: []\n');
  const uses = [
    'publish: { templates: "$" }',
    'publish: { dir: "$/.." }',
    'publish: { formats: ["$"] }',
    'topics: "$/x.yaml"',
    'topics: [{ id: a, any: [b], parent: "$" }]',
    'topics: [{ id: "$", any: [b] }, { id: "$", any: [b] }]',
    'topics: [{ id: a, any: [b], iptc: "$" }]',
    'topics: [{ place: "$" }]',
    'stories: { prefer: ["$"] }',
    'schedule: { cron: "$ * * * *" }',
    'retention: "$"',
    'worker: { port: "$" }',
    'store: { kind: "$" }',
    'store: { path: "config/newsloom.yaml/$/" }',
  ];
  for (const use of uses) {
    writeFileSync(config, `${text}${use.replaceAll('$', `\${KEY}`)}\n`);
    const env = { KEY: 'a-secret-of-ours' };
    const said = [
      await runNewsloom(env, 'check', '--config', config),
      await runNewsloom(env, 'build', '--config', config),
    ];
    expect(said.at(-1)?.status, use).toBeGreaterThan(0);
    for (const { out, err } of said) expect(out + err, use).not.toMatch(/a-secret-of-ours/i);
  }
});

it('the store of a new site is readable by its owner only', async () => {
  origin.pages.set('/rss', { body: rss('Paper', [{ title: 'Ferry sails' }]) });
  site.configure({ sources: [`url: "${origin.url}/rss"`], more: ['store: { path: own/store/news.db }'] });
  const config = join(site.root, 'config', 'newsloom.yaml');
  expect((await runNewsloom({}, 'build', '--config', config)).status).toBe(0);
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
  const folder = join(site.root, 'own', 'store');
  expect(modeOf(folder)).toBe('700');
  const files = readdirSync(folder);
  expect(files).toContain('news.db');
  expect(files.map((file) => modeOf(join(folder, file)))).toEqual(files.map(() => '600'));
});
