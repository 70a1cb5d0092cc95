// Compares a first run and a run without news with the feed readers sfeed and newsboat (Debian packages) on the same feeds:
// node bench/readers.mjs [dist] [--feeds 500] [--rounds 3]
// The readers store and print items, nothing more; sfeed asks without conditions. Each round alternates the programs. A reader that is not
// installed is left out. Exits with 1 if a first run takes more than 8 s, or a run without news longer than a reader's.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NEWEST, startOrigin } from './support/origin.mjs';
import { renderSiteConfig } from './support/site.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { feeds: { type: 'string', default: '500' }, rounds: { type: 'string', default: '3' } },
});
const main = join(resolve(positionals[0] ?? 'dist'), 'main.js');
const FIRST_RUN_SECONDS = 8;

const READERS = {
  sfeed: {
    prepare(folder, urls) {
      const feeds = urls.map((url, i) => `feed 'source-${i}' '${url}'`);
      const text = `sfeedpath="${folder}/items"\nmaxjobs=16\nfeeds() {\n${feeds.join('\n')}\n}\n`;
      writeFileSync(join(folder, 'sfeedrc'), text);
    },
    command: ['sh', '-c', 'sfeed_update ./sfeedrc >/dev/null && sfeed_atom items/* > atom.xml'],
  },
  newsboat: {
    prepare(folder, urls) {
      writeFileSync(join(folder, 'urls'), `${urls.join('\n')}\n`);
      writeFileSync(join(folder, 'config'), 'reload-threads 16\n');
    },
    command: ['newsboat', '-u', 'urls', '-C', 'config', '-c', 'cache.db', '-x', 'reload', 'print-unread'],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'newsloom-bench-'));
const origin = await startOrigin(Number(values.feeds), 30);
try {
  process.exitCode = report(await measure()) ? 0 : 1;
} finally {
  origin.process.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Seconds of each run, by program and step. */
async function measure() {
  const times = {};
  for (let round = 0; round < Number(values.rounds); round++) {
    const newsloom = makeFolder(`newsloom-${round}`);
    writeSite(newsloom);
    for (const [step, hours] of [
      ['first', 1],
      ['unchanged', 2],
    ]) {
      const now = new Date(NEWEST + hours * 3_600_000).toISOString();
      note(
        times,
        'newsloom',
        step,
        await time([process.execPath, main, 'build', '--quiet', '--force', '--now', now], newsloom),
      );
    }
    for (const [name, { prepare, command }] of Object.entries(READERS)) {
      if (spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0) continue;
      const reader = makeFolder(`${name}-${round}`);
      prepare(reader, origin.urls);
      for (const step of ['first', 'unchanged']) note(times, name, step, await time(command, reader));
    }
  }
  return times;
}

function makeFolder(name) {
  const made = join(folder, name);
  mkdirSync(join(made, 'items'), { recursive: true });
  return made;
}

function writeSite(site) {
  mkdirSync(join(site, 'config'));
  writeFileSync(
    join(site, 'config', 'newsloom.yaml'),
    renderSiteConfig(origin.urls, ['publish: { formats: [rss, atom, json, opml] }']),
  );
}

/** Seconds. Rejects if the program fails. */
function time([command, ...args], cwd) {
  const began = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? done((performance.now() - began) / 1000) : fail(new Error(`${command}: exit ${code}`)),
    );
  });
}

function note(times, name, step, seconds) {
  times[name] ??= {};
  times[name][step] = [...(times[name][step] ?? []), seconds];
}

function report(times) {
  const medians = Object.entries(times).map(([name, { first, unchanged }]) => ({
    name,
    first: median(first),
    unchanged: median(unchanged),
  }));
  console.log(`${values.feeds} feeds of 30 items, seconds of elapsed time\n`);
  console.log('| program | first run | nothing new |\n|---|---|---|');
  for (const { name, first, unchanged } of medians)
    console.log(`| ${name} | ${first.toFixed(2)} | ${unchanged.toFixed(2)} |`);
  const [newsloom, ...readers] = medians;
  return newsloom.first <= FIRST_RUN_SECONDS && readers.every(({ unchanged }) => newsloom.unchanged <= unchanged);
}

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
