// Compares a complete run with a simple script (rss-parser and feed, no state, no cleaning) and with fetching and decompressing
// alone. Runs alternate, each in its own process. Then profiles a first run by stage.
// node bench/run.mjs [dist] [--feeds 500] [--items 30] [--rounds 3] [--results]
// Reports ratios, which do not depend on the machine. --results writes them to bench/RESULTS.md. Exits with 1 if a target is missed.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { NEWEST, startOrigin } from './support/origin.mjs';
import { renderSiteConfig } from './support/site.mjs';

const SELF = fileURLToPath(import.meta.url);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    feeds: { type: 'string', default: '500' },
    items: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    results: { type: 'boolean', default: false },
    role: { type: 'string' },
  },
});
const feeds = Number(values.feeds);
const items = Number(values.items);

/** Maximum ratios to the baselines. */
const TARGETS = [
  ['first run', 'cold', 'naive', 1.25],
  ['nothing new', 'unchanged', 'naive', 0.25],
  ['nothing new', 'unchanged', 'floor-304', 2],
  ['one feed in ten has news', 'changed', 'naive', 0.4],
];

// ── comparison ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function compare() {
  const main = join(resolve(positionals[0] ?? 'dist'), 'main.js');
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-bench-'));
  const origin = await startOrigin(feeds, items);
  const times = {};
  const note = async (name, args, cwd = folder) => {
    const took = await timed(args, cwd);
    times[name] = [...(times[name] ?? []), took];
  };
  try {
    const { urls } = origin;
    const list = join(folder, 'urls.json');
    writeFileSync(list, JSON.stringify(urls));
    for (let round = 0; round < Number(values.rounds); round++) {
      const site = writeSite(join(folder, `site-${round}`), urls);
      const run = (name, at, ...more) =>
        note(
          name,
          [main, 'build', '--quiet', '--json', '--now', new Date(NEWEST + at * 3_600_000).toISOString(), ...more],
          site,
        );
      await note('floor', [SELF, '--role', 'floor', list, join(folder, 'etags.json')]);
      await note('floor-304', [SELF, '--role', 'floor-304', list, join(folder, 'etags.json')]);
      await note('naive', [SELF, '--role', 'naive', list, join(folder, 'naive')]);
      await run('cold', 1);
      await run('unchanged', 2, '--force');
      await origin.advance();
      await run('changed', 6, '--force');
      rmSync(site, { recursive: true });
    }
    const stages = await profileStages(main, writeSite(join(folder, 'profiled'), urls));
    return report(Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)])), stages);
  } finally {
    origin.process.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds. Rejects if the process fails. */
function timed(args, cwd) {
  const began = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? done(performance.now() - began) : fail(new Error(`exit ${code}: ${args.join(' ')}`)),
    );
  });
}

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}

function report(times, stages) {
  const lines = TARGETS.map(([what, name, beside, most]) => {
    const ratio = times[name] / times[beside];
    return { ratio, most, row: `| ${what} | ${ratio.toFixed(2)}× ${NAMES[beside]} | ${most}× |` };
  });
  const text = [
    `${new Date().toISOString().slice(0, 10)}, ${feeds} feeds of ${items} items, Node ${process.versions.node}, ${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    '',
    '| run | takes | target |',
    '|---|---|---|',
    ...lines.map(({ row }) => row),
    '',
    ...stages,
  ].join('\n');
  console.log(text);
  if (values.results) {
    const file = new URL('RESULTS.md', import.meta.url);
    const stories = /\n\| stories on labelled news[\s\S]*$/.exec(readFileSync(file, 'utf8'))?.[0] ?? ''; // bench/stories.mjs
    writeFileSync(
      file,
      `# Results of \`node bench/run.mjs --results\`\n\nRatios: what a machine is like cancels out.\n\n${text}\n${stories}`,
    );
  }
  return lines.every(({ ratio, most }) => ratio <= most) ? 0 : 1;
}

const NAMES = { naive: 'the obvious script', 'floor-304': 'conditional requests alone' };

// ── profile by stage ────────────────────────────────────────────────────────────────────────────────────────────────

const STAGES = [
  'fetch',
  'parse',
  'clean',
  'sanitize',
  'identity',
  'tag',
  'cluster',
  'store',
  'compose',
  'write',
  'sink',
  'pipeline',
];

/** Table of profile shares. Each sample counts for the innermost of our folders on its stack. */
async function profileStages(main, site) {
  const folder = join(site, 'profiles');
  const now = new Date(NEWEST + 3_600_000).toISOString();
  await timed(['--cpu-prof', `--cpu-prof-dir=${folder}`, main, 'build', '--quiet', '--json', '--now', now], site);
  const [mainThread, ...threads] = readdirSync(folder)
    .sort()
    .map((name) => computeShares(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const percent = (shares, stage) => `${Math.round(100 * (shares.get(stage) ?? 0))} %`;
  const names = threads.map(() => 'a reading thread');
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [
    row(['stage of a first run', 'main thread', ...names]),
    row(['---', '---', ...names.map(() => '---')]),
    ...[...STAGES, 'other', 'garbage', 'idle'].map((stage) =>
      row([stage, ...[mainThread, ...threads].map((shares) => percent(shares, stage))]),
    ),
  ];
}

function computeShares({ nodes, samples, timeDeltas }) {
  const stage = new Map();
  const place = (node, outer) => {
    const { url, functionName } = node.callFrame;
    const room = /\/([a-z]+)\/[\w/-]+\.js$/.exec(url.includes('node_modules') ? '' : url)?.[1];
    const own = functionName === '(garbage collector)' ? 'garbage' : functionName === '(idle)' ? 'idle' : null;
    const here = own ?? (STAGES.find((name) => url.includes(`/${name}/`) && room !== undefined) || outer);
    stage.set(node.id, here);
    for (const child of node.children ?? []) place(byId.get(child), here);
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  place(nodes[0], 'other');
  const total = timeDeltas.reduce((sum, each) => sum + each, 0);
  const shares = new Map();
  samples.forEach((id, i) => {
    const name = stage.get(id);
    shares.set(name, (shares.get(name) ?? 0) + timeDeltas[i] / total);
  });
  return shares;
}

// ── baselines ───────────────────────────────────────────────────────────────────────────────────────────────────────

function writeSite(folder, urls) {
  mkdirSync(join(folder, 'config'), { recursive: true });
  writeFileSync(
    join(folder, 'config', 'newsloom.yaml'),
    renderSiteConfig(urls, ['publish: { formats: [rss, atom, json, opml] }']),
  );
  return folder;
}

/** Sixteen at once. */
function sixteen(urls, one) {
  let next = 0;
  const worker = async () => {
    while (next < urls.length) await one(urls[next], next++);
  };
  return Promise.all(Array.from({ length: 16 }, worker));
}

async function floor(list, etagFile) {
  const { Agent, request } = await import('undici');
  const dispatcher = new Agent();
  const etags = values.role === 'floor' ? null : JSON.parse(readFileSync(etagFile, 'utf8'));
  const seen = [];
  await sixteen(JSON.parse(readFileSync(list, 'utf8')), async (url, i) => {
    const headers = { 'accept-encoding': 'gzip', ...(etags && { 'if-none-match': etags[i] }) };
    const response = await request(url, { dispatcher, headers });
    const body = Buffer.from(await response.body.arrayBuffer());
    seen[i] = response.headers.etag;
    if (response.statusCode === 200) gunzipSync(body);
  });
  if (etags === null) writeFileSync(etagFile, JSON.stringify(seen));
  process.exit(0);
}

async function naive(list, folder) {
  const [{ default: Parser }, { Feed }] = await Promise.all([import('rss-parser'), import('feed')]);
  const parser = new Parser();
  const found = [];
  await sixteen(JSON.parse(readFileSync(list, 'utf8')), async (url) =>
    found.push(...(await parser.parseURL(url)).items),
  );
  found.sort((a, b) => Date.parse(b.isoDate) - Date.parse(a.isoDate));
  const feed = new Feed({
    title: 'all',
    id: 'https://news.example.org/',
    link: 'https://news.example.org/',
    copyright: '',
  });
  for (const { title, guid, link, isoDate, creator, content, ...more } of found)
    feed.addItem({
      title,
      id: guid,
      link,
      date: new Date(isoDate),
      content: more['content:encoded'] ?? content,
      author: [{ name: creator }],
    });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of [
    ['rss.xml', feed.rss2()],
    ['atom.xml', feed.atom1()],
    ['feed.json', feed.json1()],
  ])
    writeFileSync(join(folder, name), text);
  process.exit(0);
}

const ROLES = { floor, 'floor-304': floor, naive };
if (values.role === undefined) process.exit(await compare());
await ROLES[values.role](...positionals);
