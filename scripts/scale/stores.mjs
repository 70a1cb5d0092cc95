/** Rows 1, 13 and 15: equal output of both stores, problematic strings, and unusable databases. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { NEWEST, startOrigin } from '../../bench/support/origin.mjs';
import { differences, expectThat, start } from './world.mjs';

const HOUR = 3_600_000;

/** Reports CPU time and memory when a process exits. */
const MEASURE = `data:text/javascript,${encodeURIComponent(`process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('usage '+JSON.stringify({cpu:(u.userCPUTime+u.systemCPUTime)/1e6,mb:u.maxRSS/1024})+'\\n')})`)}`;

async function timedBuild(world, site, now, ...more) {
  const began = performance.now();
  const args = ['build', '--quiet', '--json', '--now', new Date(now).toISOString(), ...more];
  const one = start(world, site, args, { NODE_OPTIONS: `--import=${MEASURE}` });
  const { code } = await one.ended;
  expectThat(code === 0, `build ended with ${code}: ${one.lines.slice(-5).join('\n')}`);
  const usage = JSON.parse(one.lines.find((line) => line.startsWith('usage ')).slice(6));
  return { wall: (performance.now() - began) / 1000, ...usage };
}

const TOPICS = ['harbour', 'election', 'storm', 'railway', 'vaccine', 'budget', 'festival', 'treaty'];

/** `schema` null: on SQLite. */
function writeSite(world, name, urls, schema) {
  const root = join(world.folder, name);
  mkdirSync(join(root, 'config'), { recursive: true });
  const config = {
    site: { title: 'Scale', url: 'https://news.example.org/', language: 'en' },
    store: schema === null ? {} : { kind: 'postgres', url: world.postgres.url, schema },
    publish: { formats: ['rss', 'atom', 'json', 'opml'] },
    fetch: { allowPrivateAddresses: true, spacing: '0s' },
    topics: TOPICS.map((id) => ({ id, label: id, any: [id] })),
    sources: urls.map((url, i) => ({ id: `source-${i}`, url })),
  };
  const file = join(root, 'config', 'newsloom.yaml');
  writeFileSync(file, JSON.stringify(config));
  return { config: file, feeds: join(root, 'feeds') };
}

const RUNS = [
  ['first', 1, []],
  ['unchanged', 2, ['--force']],
  ['one in ten', 6, ['--force']],
];

/** Allowed ratio of PostgreSQL to SQLite. With few feeds, fixed costs dominate. */
const MOST = { times: 2, from: 500 };

export async function row1(world, { feeds = 500, items = 30 } = {}) {
  const news = await startOrigin(feeds, items);
  world.onClose(() => news.process.kill());
  const S = writeSite(world, 'sqlite', news.urls, null);
  const P = writeSite(world, 'postgres', news.urls, 'row_1');
  const said = [];
  for (const [name, hours, more] of RUNS) {
    if (name === 'one in ten') await news.advance();
    const [s, p] = [
      await timedBuild(world, S, NEWEST + hours * HOUR, ...more),
      await timedBuild(world, P, NEWEST + hours * HOUR, ...more),
    ];
    const differing = await differences(S.feeds, P.feeds);
    expectThat(
      differing.length === 0,
      `${name}: ${differing.length} files differ: ${differing.slice(0, 3).join('; ')}`,
    );
    const shown = ({ wall, cpu, mb }) => `${wall.toFixed(2)} s, ${cpu.toFixed(1)} CPU s, ${mb.toFixed(0)} MB`;
    const times = p.wall / s.wall;
    said.push(`${name}: S ${shown(s)}; P ${shown(p)}: ${times.toFixed(2)}×`);
    expectThat(feeds < MOST.from || times <= MOST.times, said.join('; '));
  }
  const files = readdirSync(S.feeds, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
  return [`${feeds} feeds of ${items}: 0 of ${files} files differ`, ...said].join('\n    ');
}

/** Guids, titles and ids that PostgreSQL's text cannot contain or that a locale sorts differently. */
const ODD = [
  ['nul\u0000guid', 'A lone \ud83d surrogate, \udc00 and \u0000'],
  ['\ufdd0', 'No character: \ufdd0 \ufdd0B \\u0000 \\\\ud800'],
  ['Zeta', 'Zeta before alpha, by code units'],
  ['alpha', 'ä after z, by code units'],
  ['_', 'An underscore between both'],
];

export async function row13(world) {
  const items = ODD.map(([id, title]) => ({ id, title, content_text: `${title}.`, authors: [{ name: title }] }));
  const body = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Odd \u0000 \ud800', items });
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/feed+json' }).end(body),
  );
  await new Promise((listening) => server.listen(0, '0.0.0.0', listening));
  world.onClose(() => new Promise((closed) => server.close(closed)));
  const urls = [1, 2, 3].map((host) => `http://127.0.7.${host}:${server.address().port}/feed.json`);
  const [S, P] = [writeSite(world, 'odd-sqlite', urls, null), writeSite(world, 'odd-postgres', urls, 'row_13')];
  for (const hours of [1, 2]) {
    for (const site of [S, P]) await timedBuild(world, site, NEWEST + hours * HOUR, '--force');
    const differing = await differences(S.feeds, P.feeds);
    expectThat(differing.length === 0, `run ${hours}: ${differing.join('; ')}`);
  }
  return `${ODD.length} odd articles of 3 sources, two runs: 0 files differ`;
}

export async function row15(world) {
  const urls = ['http://127.0.0.1:1/feed'];
  const good = world.postgres.url;
  const ends = async (url, says) => {
    const site = writeSite({ ...world, postgres: { url } }, `broken-${says}`, urls, 'row_15');
    const one = start(world, site, ['build', '--quiet']);
    const { code } = await one.ended;
    const text = one.lines.join('\n');
    expectThat(
      code === 5 && one.lines.length === 1,
      `${says}: ended with ${code} and ${one.lines.length} lines: ${text}`,
    );
    expectThat(text.includes(says) && !text.includes('secret'), `${says}: said ${text}`);
  };
  const secret = good.replace('newsloom@', 'newsloom:secret@');
  await ends(secret.replace(/postgres$/, 'nowhere'), 'database does not exist');
  await ends(secret.replace('127.0.0.1', 'nowhere.invalid'), 'cannot reach the database');
  const site = writeSite(world, 'newer', urls, 'row_15');
  await start(world, site, ['build', '--offline']).ended;
  await world.sql("UPDATE row_15.meta SET value = '999' WHERE key = 'store.schema'");
  await ends(secret, 'written by a newer newsloom');
  await world.postgres.stop();
  await ends(secret, 'cannot reach the database');
  await world.postgres.start();
  return 'wrong address, no such database, database down, schema newer: exit 5, one line, no password';
}
