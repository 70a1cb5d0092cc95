// The whole job against the obvious script (rss-parser and feed, no state, no cleaning) and against the floor (fetching and
// unzipping alone), turn by turn, each as a process of its own; then where the time of a first run goes, stage by stage.
// node bench/run.mjs [compiled folder, default dist] [--feeds 500] [--items 30] [--rounds 3] [--results]
// Only ratios are told: the machine cancels out. --results writes them into bench/RESULTS.md. Exit 1 where a target is missed.
import { fork, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';

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

/** At most so many times what it is measured against. */
const TARGETS = [
  ['first run', 'cold', 'naive', 1.25],
  ['nothing new', 'unchanged', 'naive', 0.25],
  ['nothing new', 'unchanged', 'floor-304', 2],
  ['one feed in ten has news', 'changed', 'naive', 0.4],
];

// ── the comparison ──────────────────────────────────────────────────────────────────────────────────────────────────

async function compare() {
  const main = join(resolve(positionals[0] ?? 'dist'), 'main.js');
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-bench-'));
  const origin = await startOrigin();
  const times = {};
  const note = async (name, args, cwd = folder) => {
    const took = await timed(args, cwd);
    times[name] = [...(times[name] ?? []), took];
  };
  try {
    const urls = Array.from({ length: feeds }, (_, i) => address(i, origin.port));
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
    const stages = await stagesOf(main, writeSite(join(folder, 'profiled'), urls));
    return report(Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)])), stages);
  } finally {
    origin.process.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds; fails like the process. */
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

// ── where the time goes ─────────────────────────────────────────────────────────────────────────────────────────────

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

/** A table, line by line, of the shares of a profile: each sample counts for the innermost room of ours on its stack. */
async function stagesOf(main, site) {
  const folder = join(site, 'profiles');
  const now = new Date(NEWEST + 3_600_000).toISOString();
  await timed(['--cpu-prof', `--cpu-prof-dir=${folder}`, main, 'build', '--quiet', '--json', '--now', now], site);
  const [mainThread, ...threads] = readdirSync(folder)
    .sort()
    .map((name) => sharesOf(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
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

function sharesOf({ nodes, samples, timeDeltas }) {
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

// ── what is compared ────────────────────────────────────────────────────────────────────────────────────────────────

function writeSite(folder, urls) {
  mkdirSync(join(folder, 'config'), { recursive: true });
  const lines = [
    'site: { title: Bench, url: https://news.example.org/, language: en }',
    'sources:',
    ...urls.map((url, i) => `  - { id: source-${i}, url: "${url}" }`),
    'topics:',
    ...TOPICS.map((word) => `  - { id: ${word}, label: ${word}, any: [${word}] }`),
    'publish: { formats: [rss, atom, json, opml] }',
    'fetch: { allowPrivateAddresses: true, spacing: 0s }',
  ];
  writeFileSync(join(folder, 'config', 'newsloom.yaml'), `${lines.join('\n')}\n`);
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

// ── the origin: invented news, a loopback address for each feed, so that no host is asked too often ─────────────────

const NEWEST = Date.UTC(2026, 2, 3, 12);

function address(i, port) {
  return `http://127.0.${Math.floor(i / 250)}.${(i % 250) + 1}:${port}/feed/${i}.xml`;
}

function startOrigin() {
  const child = fork(SELF, ['--role', 'origin', '--feeds', String(feeds), '--items', String(items)]);
  const next = () => new Promise((done) => child.once('message', done));
  const advance = () => {
    const ready = next();
    child.send('advance');
    return ready;
  };
  return next().then((port) => ({ process: child, port, advance }));
}

function serve() {
  const documents = Array.from({ length: feeds }, (_, i) => documentOf(i, 0));
  let turn = 0;
  const server = createServer((request, response) => {
    const document = documents[Number(/\d+/.exec(request.url)?.[0])];
    if (document === undefined) return response.writeHead(404).end();
    const known = request.headers['if-none-match'] === document.etag;
    const unzipped = !/gzip/.test(request.headers['accept-encoding'] ?? '');
    response.setHeader('ETag', document.etag).setHeader('Content-Type', 'application/rss+xml');
    if (known) return response.writeHead(304).end();
    if (!unzipped) response.setHeader('Content-Encoding', 'gzip');
    return response.end(unzipped ? gunzipSync(document.body) : document.body);
  });
  // Every address of 127.0.0.0/8 reaches a server that listens on all.
  server.listen(0, '0.0.0.0', () => process.send(server.address().port));
  process.on('message', () => {
    turn += 1;
    for (let i = turn % 10; i < feeds; i += 10) documents[i] = documentOf(i, turn);
    process.send('advanced');
  });
  process.on('disconnect', () => process.exit(0));
}

/** `extra` items stand on top of those that were there at first. */
function documentOf(feed, extra) {
  const numbers = Array.from({ length: items }, (_, i) => i - extra);
  const host = `https://paper-${feed}.example`;
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>' +
    `<title>Paper ${feed}</title><link>${host}/</link><description>Invented news</description>` +
    `${numbers.map((number) => itemOf(feed, number, host)).join('\n')}</channel></rss>`;
  return { body: gzipSync(xml, { level: 3 }), etag: `"${feed}-${extra}"` };
}

/** One article in four is about one of these. */
const TOPICS = ['harbour', 'election', 'storm', 'railway', 'vaccine', 'budget', 'festival', 'treaty'];
const WORDS =
  'council river bridge market school teacher doctor farmer minister ' +
  'report museum library garden station airport village island mountain valley forest winter summer morning evening police court ' +
  'judge lawyer company union worker strike wage price tax bank loan house street square tower tunnel engine ferry captain sailor';

/** One article in three tells what other papers tell too. */
function itemOf(feed, number, host) {
  const event =
    number % 3 === 0 ? Math.abs((feed * 7 + number * 13) % Math.max(1, Math.floor((feeds * items) / 12))) : null;
  const draw = random(event === null ? feed * 1009 + number : event * 31 + 5);
  const own = random(feed * 1009 + number + 77);
  const list = WORDS.split(' ');
  const pick = (from) => list[Math.floor(from() * list.length)];
  const name = `${proper(draw)} ${proper(draw)}`;
  const place = proper(draw);
  const topic = draw() < 0.25 ? TOPICS[Math.floor(draw() * TOPICS.length)] : pick(draw);
  const title = `${name} of ${place} opens the ${topic} ${pick(draw)}`;
  const paragraph = () =>
    `<p>${Array.from({ length: 36 }, () => pick(own)).join(' ')} &amp; <a href="/about/${pick(own)}">${pick(own)}</a>.</p>`;
  const lead = `The ${pick(draw)} in ${place} is open again, said ${name} on the ${number + 40}th day of the ${pick(draw)}.`;
  return (
    `<item><title>${title}</title><link>${host}/news/${number}</link><guid isPermaLink="true">${host}/news/${number}</guid>` +
    `<pubDate>${new Date(NEWEST - number * 3_600_000).toUTCString()}</pubDate><dc:creator>${proper(own)} ${proper(own)}</dc:creator>` +
    `<category>${pick(draw)}</category><description>${lead}</description>` +
    `<content:encoded><![CDATA[<p>${lead}</p>${Array.from({ length: 5 }, paragraph).join('')}]]></content:encoded></item>`
  );
}

function proper(draw) {
  const syllables = 'ka do ri ven mo sha lin gel zu par ot tam nil bor qui'.split(' ');
  const word = Array.from({ length: 3 }, () => syllables[Math.floor(draw() * syllables.length)]).join('');
  return word[0].toUpperCase() + word.slice(1);
}

/** Numbers from 0 to 1, the same for a seed on every machine. */
function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ROLES = { origin: serve, floor, 'floor-304': floor, naive };
if (values.role === undefined) process.exit(await compare());
await ROLES[values.role](...positionals);
