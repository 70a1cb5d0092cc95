/** Runs the shell blocks of a document in order, in a temporary folder, with an invented web. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseBlocks } from '../../scripts/docs-blocks.mjs';
import { rss } from './serve-feeds.js';
import { REMOVED } from './temporary-folder.js';

const PRELOAD = pathToFileURL(fileURLToPath(new URL('invented-web.mjs', import.meta.url))).href;
const UNTIL_SERVED = fileURLToPath(new URL('until-served.mjs', import.meta.url));
/** Seconds before a server process is stopped, once it is ready. */
const STOPPED_AFTER = 3;

export interface PageOptions {
  /** The program: `dist/main.js`, of the clone or of an installed package. */
  readonly main: string;
  /** The output of `npm pack`; empty: none. */
  readonly tarball?: string;
  /** Files that exist before the first block, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Shell commands to run before the first block. */
  readonly before?: string;
  /** Why a block is skipped; null: it runs. */
  readonly whyNot?: (block: string) => string | null;
}

export interface Played {
  readonly folder: string;
  /** The output of each block, from both streams. */
  readonly said: readonly string[];
  remove(): void;
}

/** Rejects if a block exits with an unexpected status, or a file or an output differs from the page. */
export async function playPage(markdown: string, options: PageOptions): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-page-'));
  const site = join(folder, 'site');
  const web = await inventedWeb();
  const said: string[] = [];
  const clock = { at: '2026-11-24T09:00:00Z' };
  /** In the folder of the last block. */
  const here = (path: string) => join(readFileSync(join(folder, 'where'), 'utf8').trim(), path);
  const write = (path: string, text: string, flag: 'w' | 'a') => {
    mkdirSync(dirname(here(path)), { recursive: true });
    writeFileSync(here(path), text, { flag });
  };
  const run = (script: string) => {
    web.now = clock.at;
    const path = [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
    const ahead = String(Date.parse(clock.at) - Date.now());
    return bash(`cd "$(cat "$HOME/where")"\n${script}\npwd > "$HOME/where"`, {
      ...options.env,
      PATH: path,
      HOME: folder,
      NO_COLOR: '1',
      NODE_OPTIONS: `--import=${PRELOAD}`,
      WEB_PORT: String(web.port),
      CLOCK_AHEAD: ahead,
    });
  };
  const mustRun = async (script: string) => {
    const { status, out, err } = await run(script);
    if (status !== 0) throw new Error(`status ${status} from\n${script}\n${out}${err}`);
    said.push(out + err);
    return out;
  };
  try {
    writeCommands(join(folder, 'bin'), options);
    mkdirSync(site);
    writeFileSync(join(folder, 'where'), site);
    for (const [path, text] of Object.entries(options.files ?? {})) write(path, text, 'w');
    if (options.before !== undefined) await mustRun(options.before);
    let out = '';
    for (const { kind, path, at, text } of parseBlocks(markdown)) {
      clock.at = at ?? clock.at;
      if (kind === 'run' && (options.whyNot?.(text) ?? null) === null) out = await mustRun(text);
      else if (kind === 'write') write(path!, text, 'w');
      else if (kind === 'add') write(path!, text, 'a');
      else if (kind === 'becomes') expectSame(text, readFileSync(here(path!), 'utf8'), path!);
      else if (kind === 'prints') expectSame(text, out, 'the output');
    }
  } finally {
    web.close();
  }
  return { folder: site, said, remove: () => rmSync(folder, REMOVED) };
}

/**
 * Creates `newsloom`, `npx` and `npm` as after an install. Without a package.json, npm would install into a parent
 * folder.
 */
function writeCommands(bin: string, { main, tarball = '' }: PageOptions): void {
  mkdirSync(bin);
  const newsloom = `#!/bin/bash
while [[ "$1" == --yes || "$1" == newsloom || "$1" == newsloom@* ]]; do shift; done
case "$1" in
  preview|work) port=(--port 0); [[ " $* " == *" --port "* ]] && port=()
    exec "${process.execPath}" --no-warnings "${UNTIL_SERVED}" ${STOPPED_AFTER} "${main}" "$@" "\${port[@]}" ;;
  *) exec "${process.execPath}" --no-warnings "${main}" "$@" ;;
esac
`;
  for (const name of ['npx', 'newsloom']) writeFileSync(join(bin, name), newsloom, { mode: 0o755 });
  const npm = `#!/bin/sh
case "$1" in
  pack) [ -z "${tarball}" ] || cp "${tarball}" . ;;
  init) echo '{}' > package.json ;;
  install) [ -e package.json ] || { echo 'no package.json here' >&2; exit 1; } ;;
esac
`;
  writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
}

/** Not spawnSync, because the web server runs in this process. */
function bash(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn('bash', ['--norc', '-eo', 'pipefail', '-c', script], { env });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  return new Promise((done) => child.on('close', (status) => done({ status, out, err })));
}

/** Answers of services to a message. */
const TAKEN = ['application/json', '{"id":"1"}'] as const;

/** Every host is a newspaper: a front page with a feed link, a feed, and article pages. */
async function inventedWeb() {
  const web = { port: 0, now: '', close: () => {} };
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const { pathname } = new URL(request.url ?? '/', `http://${host}`);
    const [type, body] = request.method === 'POST' ? TAKEN : serveDocument(host, pathname, web.now);
    response.writeHead(body === null ? 404 : 200, { 'Content-Type': type });
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  web.port = (server.address() as AddressInfo).port;
  web.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return web;
}

function serveDocument(host: string, path: string, now: string): [type: string, body: string | null] {
  if (/robots\.txt$|\.(?:ico|png|jpe?g|json)$|^\/(?:atom|index)\.xml$/.test(path)) return ['text/plain', null];
  if (/feed|rss|xml|atom|news\/world/.test(path)) return ['application/rss+xml', renderFeed(host, now)];
  const title = path === '/' ? host : 'Ferry back in the harbour';
  return [
    'text/html',
    `<!doctype html><html lang="en"><head><title>${title}</title><meta property="og:title" content="${title}">
<meta property="og:site_name" content="${host}"><meta property="article:published_time" content="${now}">
<link rel="alternate" type="application/rss+xml" href="/feed"></head><body><h1>${title}</h1></body></html>`,
  ];
}

/** One article per hour up to `now`, and two constant ones. */
function renderFeed(host: string, now: string): string {
  const last = Math.floor(Date.parse(now) / HOUR);
  const hours = Array.from({ length: 24 }, (_, i) => last - i);
  const items = hours.map((hour) => ({
    title: `${SUBJECTS[(hour + host.length) % SUBJECTS.length]}, part ${hour % 1000}`,
    link: `https://${host}/news-${hour}`,
    date: new Date(hour * HOUR).toISOString(),
  }));
  const lasting = [
    { title: 'Ferry back in the harbour', link: `https://${host}/ferry`, date: '2026-11-24T08:10:00Z' },
    { title: 'Boat of the pilots sinks at its berth', link: `https://${host}/boat`, date: '2026-11-24T08:05:00Z' },
  ];
  return rss(host, [...items, ...lasting], `https://${host}/`);
}

const HOUR = 3_600_000;
const SUBJECTS = [
  'Ministers meet over the harbour',
  'Central bank keeps its interest rate',
  'Storm closes two schools',
  'Museum opens its new wing',
  'Hospital gets forty nurses',
  'Council votes on the election date',
];

function expectSame(expected: string, found: string, what: string): void {
  if (expected !== found) throw new Error(`${what}: the page says\n${expected}\nand there is\n${found}`);
}
