/** Row 1: the same news on both stores, three runs each; the same bytes, and how long it took. */
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences, expectThat, start } from './world.mjs';

const NEWS = fileURLToPath(new URL('../../bench/run.mjs', import.meta.url));
/** Later than all news of that origin. */
const BEGIN = Date.UTC(2026, 2, 3, 12);
const HOUR = 3_600_000;

/** Of one in ten feeds, each `advance` makes another document. */
function startNews(world, feeds, items) {
  const child = fork(NEWS, ['--role', 'origin', '--feeds', String(feeds), '--items', String(items)]);
  const next = () => new Promise((said) => child.once('message', said));
  world.onClose(() => child.kill());
  const advance = () => {
    const ready = next();
    child.send('advance');
    return ready;
  };
  const address = (i, port) => `http://127.0.${Math.floor(i / 250)}.${(i % 250) + 1}:${port}/feed/${i}.xml`;
  return next().then((port) => ({ advance, urls: Array.from({ length: feeds }, (_, i) => address(i, port)) }));
}

/** CPU and memory of a process are read as it ends. */
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

export async function row1(world, { feeds = 500, items = 30 } = {}) {
  const news = await startNews(world, feeds, items);
  const S = writeSite(world, 'sqlite', news.urls, null);
  const P = writeSite(world, 'postgres', news.urls, 'row_1');
  const said = [];
  for (const [name, hours, more] of RUNS) {
    if (name === 'one in ten') await news.advance();
    const [s, p] = [
      await timedBuild(world, S, BEGIN + hours * HOUR, ...more),
      await timedBuild(world, P, BEGIN + hours * HOUR, ...more),
    ];
    const differing = await differences(S.feeds, P.feeds);
    expectThat(
      differing.length === 0,
      `${name}: ${differing.length} files differ: ${differing.slice(0, 3).join('; ')}`,
    );
    const shown = ({ wall, cpu, mb }) => `${wall.toFixed(2)} s, ${cpu.toFixed(1)} CPU s, ${mb.toFixed(0)} MB`;
    said.push(`${name}: S ${shown(s)}; P ${shown(p)}: ${(p.wall / s.wall).toFixed(2)}×`);
  }
  const files = readdirSync(S.feeds, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
  return [`${feeds} feeds of ${items}: 0 of ${files} files differ`, ...said].join('\n    ');
}
