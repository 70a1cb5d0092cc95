// Counts our stack frames, including async ones, from main to the date parser and to the sink, while building one small feed.
// node scripts/frames.mjs [dist] [--list]   --list prints the frames, the innermost first.
import { spawn } from 'node:child_process';
import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { register, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';

const MAIN = 'main.js';
/** Ends of the measured paths. Files and folders are relative to dist. */
const DATE_PARSER = { name: 'date parser', file: 'parse/dates/dates.js', function: 'parseDate' };
const FILE_WRITER = { name: 'file written', folder: 'sink/' };
/** Calls that write a file or move it into place. */
const WRITES = ['writeFileSync', 'writeFile', 'renameSync', 'rename'];

const FEED = `<rss version="2.0"><channel><title>Paper</title><link>https://paper.example/</link><item>
<title>Ferry aground</title><link>https://paper.example/ferry</link><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate>
</item></channel></rss>`;

// The build also loads this script, with these variables.
const { NEWSLOOM_FRAMES: file, NEWSLOOM_FRAMES_DIST: watched } = process.env;
if (file === undefined) await measure();
else if (isMainThread) record(file, watched);

async function measure() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: 'boolean' } } });
  const dist = resolve(positionals[0] ?? 'dist');
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-frames-'));
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(FEED);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  writeSite(folder, server.address().port);
  const stacks = await build(folder, dist);
  server.close();
  rmSync(folder, { recursive: true, force: true });
  for (const { name } of [DATE_PARSER, FILE_WRITER]) report(name, stacks[name], values.list);
}

function writeSite(folder, port) {
  mkdirSync(join(folder, 'config'));
  const source = { url: `http://127.0.0.1:${port}/feed`, allowPrivateAddresses: true };
  const config = { site: { title: 'News', url: 'https://news.example/' }, sources: [source] };
  writeFileSync(join(folder, 'config/newsloom.yaml'), JSON.stringify(config));
}

/** Runs a build. Resolves with its recorded stacks by the name of their end. */
async function build(folder, dist) {
  const file = join(folder, 'frames.json');
  const child = spawn(process.execPath, ['--import', import.meta.url, join(dist, MAIN), 'build', '--quiet'], {
    cwd: folder,
    env: { ...process.env, NEWSLOOM_FRAMES: file, NEWSLOOM_FRAMES_DIST: dist },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const status = await new Promise((ended) => child.on('close', ended));
  if (status !== 0) throw new Error(`the build exited with ${status}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function report(name, stacks, list) {
  const [deepest] = stacks.sort((a, b) => b.length - a.length);
  if (deepest === undefined)
    throw new Error(`no path from ${MAIN} to: ${name}; check the names at the top of this script`);
  console.log(`main → ${name}: ${deepest.length} frames in ${new Set(deepest.map((frame) => frame.file)).size} files`);
  if (list) for (const frame of deepest) console.log(`    ${frame.text}`);
}

/** Runs in the build before the program loads. Records the stack of each matching call and writes all stacks at exit. */
function record(file, dist) {
  const stacks = { [DATE_PARSER.name]: [], [FILE_WRITER.name]: [] };
  globalThis.recordStack = (name) => {
    const frames = ourFrames(dist);
    if (frames.at(-1)?.file === MAIN) stacks[name].push(frames);
  };
  const hook = `export async function load(url, context, next) {
    const loaded = await next(url, context);
    if (url !== ${JSON.stringify(pathToFileURL(join(dist, DATE_PARSER.file)).href)}) return loaded;
    const beginning = /function ${DATE_PARSER.function}\\([^)]*\\) *\\{/;
    const source = String(loaded.source).replace(beginning, (all) => all + ' recordStack("${DATE_PARSER.name}");');
    return { ...loaded, source };
  }`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  for (const calls of [fs, fs.promises]) {
    for (const name of WRITES.filter((one) => one in calls)) {
      const original = calls[name];
      calls[name] = (...args) => {
        const isNote = args[1] === ''; // the empty file that marks the start of publishing
        if (!isNote && ourFrames(dist)[0]?.file.startsWith(FILE_WRITER.folder)) recordStack(FILE_WRITER.name);
        return original(...args);
      };
    }
  }
  syncBuiltinESMExports();
  process.on('exit', () => writeFileSync(file, JSON.stringify(stacks)));
}

/** Our frames in the current stack, the innermost first. */
function ourFrames(dist) {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  const start = `${pathToFileURL(dist).href}/`;
  return stack.split('\n').flatMap((line) => {
    const at = line.indexOf(start);
    if (at < 0) return [];
    const [path] = /^[^:]+/.exec(line.slice(at + start.length));
    return [{ file: path, text: line.trim().replace(start, '') }];
  });
}
