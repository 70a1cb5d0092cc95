/** Row 11: a section in a bucket equals the folder, also after a run that was killed during uploads. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';
import { join, relative } from 'node:path';

const BUCKET = 'news';
/** Concurrent object requests. */
const AT_ONCE = 8;
const KEYS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
const HOUR = 3_600_000;
const BEGIN = Date.parse('2026-11-24T00:00:00Z');

/** Uses Debian's packages or another Python on the path; null: moto is not installed. */
export function findMoto() {
  const found = ['python3', '/usr/bin/python3'].find(
    (one) => spawnSync(one, ['-c', 'import moto.server'], { stdio: 'ignore' }).status === 0,
  );
  return found ?? null;
}

async function startMoto(world) {
  const server = spawn(findMoto(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  world.onClose(() => server.kill('SIGKILL'));
  let said = '';
  const port = await new Promise((found) => {
    server.stderr.on('data', (text) => {
      said += text;
      const [, at] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (at !== undefined) found(Number(at));
    });
  });
  await fetch(`http://127.0.0.1:${port}/${BUCKET}`, { method: 'PUT' });
  return port;
}

/** Counts requests by method. `onPut` is called before each upload is forwarded. */
async function startCounter(world, port) {
  const counter = { methods: {}, onPut: () => {} };
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    counter.methods[method] = (counter.methods[method] ?? 0) + 1;
    if (method === 'PUT') counter.onPut();
    const sent = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    request.pipe(sent);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  world.onClose(() => server.closeAllConnections() ?? server.close());
  counter.port = server.address().port;
  counter.take = () => {
    const taken = counter.methods;
    counter.methods = {};
    return taken;
  };
  return counter;
}

/** One feed in ten gains ten items per edition. The others are short, because every article is an object and moto is slow. */
async function startFeeds(world, feeds) {
  const origin = { edition: 1 };
  const server = createServer((request, response) => {
    const feed = Number(request.url.slice(1));
    const count = feed % 10 === 0 ? 20 + origin.edition * 10 : feeds > 100 ? 3 : 30;
    const items = Array.from({ length: count }, (_, n) => {
      const link = `https://paper${feed}.example/${n}`;
      const date = new Date(BEGIN - HOUR * (200 - n)).toUTCString();
      return `<item><title>Paper ${feed}, report ${n} of the ${feed * 31 + n * 17}th day</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate></item>`;
    });
    const document = `<rss version="2.0"><channel><title>Paper ${feed}</title><link>https://paper${feed}.example/</link><description>P</description>${items.reverse().join('')}</channel></rss>`;
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(document);
  });
  await new Promise((listening) => server.listen(0, '0.0.0.0', 4096, listening));
  world.onClose(() => server.closeAllConnections() ?? server.close());
  const { port } = server.address();
  const feedAddress = (i) => `http://127.1.${i >> 8}.${i & 255}:${port}/${i}`;
  return Object.assign(origin, { urls: Array.from({ length: feeds }, (_, i) => feedAddress(i)) });
}

function writeSite(world, name, urls, s3) {
  const root = join(world.folder, name);
  mkdirSync(join(root, 'config'), { recursive: true });
  const config = {
    site: { title: 'The Section', url: 'https://news.example.org/' },
    publish: { items: 20, ...(s3 === null ? {} : { s3 }) },
    fetch: { allowPrivateAddresses: true, spacing: '0s' },
    sources: urls.map((url, i) => ({ id: `s${i}`, url, perDay: 100_000 })),
  };
  const file = join(root, 'config', 'newsloom.yaml');
  writeFileSync(file, JSON.stringify(config));
  return { config: file, feeds: join(root, 'feeds') };
}

/** Resolves with the output of a command. Rejects on an unexpected exit status. */
async function build(world, { config }, edition, { isKilled = false, onStart = () => {} } = {}) {
  const now = new Date(BEGIN + edition * HOUR).toISOString();
  const args = [world.main, 'build', '--quiet', '--force', '--now', now, '--config', config];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...KEYS },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  world.onClose(() => child.kill('SIGKILL'));
  let err = '';
  child.stderr.on('data', (text) => (err += text));
  onStart(child);
  const [code, signal] = await new Promise((end) => child.once('close', (...how) => end(how)));
  if (isKilled ? signal !== 'SIGKILL' : code !== 0)
    throw new Error(`build exited with ${code ?? signal}: ${err.slice(-500)}`);
}

async function listObjects(port) {
  const { AwsClient } = await import('aws4fetch');
  const owner = new AwsClient({ accessKeyId: 'any', secretAccessKey: 'any', service: 's3', region: 'us-east-1' });
  const at = `http://127.0.0.1:${port}/${BUCKET}`;
  const keys = [];
  for (let token = null; token !== ''; ) {
    const more = token === null ? '' : `&continuation-token=${encodeURIComponent(token)}`;
    const page = await (await owner.fetch(`${at}?list-type=2${more}`)).text();
    keys.push(...[...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key));
    token = /<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? '';
  }
  const found = new Map();
  const get = async (key) => {
    const answer = await owner.fetch(`${at}/${key}`);
    const { headers } = answer;
    const about = { type: headers.get('content-type'), cache: headers.get('cache-control') };
    found.set(key, { ...about, text: await answer.text() });
  };
  for (let from = 0; from < keys.length; from += AT_ONCE) await Promise.all(keys.slice(from, from + AT_ONCE).map(get));
  return found;
}

function listFiles(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const places = files.map((one) => join(one.parentPath, one.name));
  return new Map(places.map((place) => [relative(folder, place), readFileSync(place, 'utf8')]));
}

function compare(objects, files) {
  const paths = [...new Set([...objects.keys(), ...files.keys()])];
  const differing = paths.filter((path) => objects.get(path)?.text !== files.get(path));
  if (differing.length > 0) throw new Error(`${differing.length} differ: ${differing.slice(0, 5).join(', ')}`);
}

const TYPES = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  html: 'text/html',
  css: 'text/css',
  opml: 'text/x-opml',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
};

function checkHeaders(objects) {
  for (const [path, { type, cache }] of objects) {
    const isFeed = /^(?:all|stories|topics\/.*|sources\/.*|stories\/.*|archive\/.*)\.json$/.test(path);
    const ending = path.split('.').at(-1);
    const expected = TYPES[ending] ?? (isFeed ? 'application/feed+json' : 'application/');
    const [, folder, number, format] = /^(archive\/.+\/)(\d+)(\.(?:rss|atom|json))$/.exec(path) ?? [];
    const isFull = folder !== undefined && objects.has(`${folder}${Number(number) + 1}${format}`);
    const isPicture = /^(?:images|icons)\/.+\.(?:webp|png)$/.test(path);
    const seconds = isPicture
      ? 'max-age=86400'
      : isFull
        ? 'max-age=31536000, immutable'
        : 'max-age=300, must-revalidate';
    if (!type?.startsWith(expected) || cache !== `public, ${seconds}`) throw new Error(`${path}: ${type}, ${cache}`);
  }
}

/** Links to older pages in all files. */
function checkLinks(objects) {
  const older = /(?:rel="prev-archive"[^>]*href=|"next_url":\s*)"https:\/\/news\.example\.org\/feeds\/([^"]+)"/g;
  const links = [...objects.values()].flatMap(({ text }) => [...text.matchAll(older)].map(([, path]) => path));
  const missing = links.filter((path) => !objects.has(path));
  if (links.length === 0 || missing.length > 0)
    throw new Error(`${missing.length} of ${links.length} links are broken: ${missing[0]}`);
}

export async function row11(world, { feeds = 40 } = {}) {
  if (findMoto() === null)
    return 'skipped: moto is not installed (Debian: apt-get install python3-moto python3-flask-cors python3-yaml)';
  const port = await startMoto(world);
  const counter = await startCounter(world, port);
  const origin = await startFeeds(world, feeds);
  const S = writeSite(world, 'folder', origin.urls, null);
  const s3 = { bucket: BUCKET, endpoint: `http://127.0.0.1:${counter.port}`, region: 'us-east-1' };
  const P = writeSite(world, 'bucket', origin.urls, s3);
  const said = [];
  for (const site of [S, P]) await build(world, site, 1);
  compare(await listObjects(port), listFiles(S.feeds));
  counter.take();
  for (const [edition, part] of [
    [2, 0.3],
    [3, 0.8],
  ]) {
    origin.edition = edition;
    const before = listFiles(S.feeds);
    await build(world, S, edition);
    const changed = [...filesOf(S.feeds)].filter(([path, text]) => before.get(path) !== text).length;
    const kill = (child) => {
      let puts = 0;
      counter.onPut = () => (++puts === Math.ceil(changed * part) ? child.kill('SIGKILL') : undefined);
    };
    await build(world, P, edition, { isKilled: true, onStart: kill });
    counter.onPut = () => {};
    const killed = counter.take();
    checkLinks(await listObjects(port));
    await build(world, P, edition);
    const rest = counter.take();
    const objects = await listObjects(port);
    compare(objects, listFiles(S.feeds));
    checkHeaders(objects);
    said.push({ changed, killed: killed.PUT, rest: rest.PUT, objects: objects.size });
  }
  await build(world, P, 4);
  const quiet = counter.take();
  if (JSON.stringify(quiet) !== '{"HEAD":1}') throw new Error(`a run without news requested ${JSON.stringify(quiet)}`);
  const kills = said
    .map(({ changed, killed, rest }) => `${changed} to upload, killed after ${killed}, ${rest} in the next run`)
    .join('; ');
  return `${feeds} feeds: 0 of ${said.at(-1).objects} objects differ; ${kills}; a quiet run: 1 HEAD`;
}
