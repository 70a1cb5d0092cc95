// Measures the cost of 200 channels, and of languages, digests and announcements, in a run without news:
// node bench/quiet.mjs [dist] [--rounds 12] [--feeds 200] [--channels 200]
// Runs variants of one site in alternation, each in its own process. Compares CPU and elapsed time with the plain site.
// Exits with 1 if 200 channels take more than 1.1 times the CPU of none, by the fastest run of each.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NEWEST, startOrigin, TOPICS } from './support/origin.mjs';
import { renderSiteConfig } from './support/site.mjs';
import { measureProcess } from './support/usage.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '12' },
    feeds: { type: 'string', default: '200' },
    channels: { type: 'string', default: '200' },
  },
});
const [rounds, feeds, channels] = [values.rounds, values.feeds, values.channels].map(Number);
const main = join(resolve(positionals[0] ?? 'dist'), 'main.js');
const TARGET = 1.1;

const folder = mkdtempSync(join(tmpdir(), 'newsloom-bench-'));
const origin = await startOrigin(feeds, 30);
const hook = createServer((request, response) => request.resume().on('end', () => response.end()));
await once(hook.listen(0, '127.0.0.1'), 'listening');
try {
  process.exitCode = (await isGood()) ? 0 : 1;
} finally {
  origin.process.kill();
  hook.close();
  rmSync(folder, { recursive: true, force: true });
}

async function isGood() {
  const more = moreKeys();
  const sites = { none: [], channels: more.channels, 'all of them': Object.values(more).flat() };
  for (const [name, keys] of Object.entries(sites)) writeSite(name, keys);
  const times = new Map(Object.keys(sites).map((name) => [name, []]));
  let hours = 0;
  for (let round = -2; round < rounds; round += 1) {
    hours += 1;
    for (const [name, all] of times) {
      const took = await run(name, hours);
      if (round >= 0) all.push(took);
    }
  }
  const [none, asked] = ['none', 'channels'].map((name) => summary(times.get(name)));
  for (const [name, all] of times) {
    const own = summary(all);
    const cells = Object.keys(own).map(
      (key) => `${key} ${own[key].toFixed(0)} ms ${(own[key] / none[key]).toFixed(3)}×`,
    );
    console.log(`${name.padEnd(12)} ${cells.join(' · ')}`);
  }
  const ratio = asked['CPU at least'] / none['CPU at least'];
  if (ratio > TARGET) console.log(`ABOVE THE TARGET: ${TARGET}×`);
  return ratio <= TARGET;
}

function summary(all) {
  const sorted = (key) => all.map((took) => took[key]).sort((a, b) => a - b);
  const [cpu, wall] = [sorted('cpu'), sorted('wall')];
  const middle = all.length >> 1;
  return { 'CPU at least': cpu[0], 'CPU median': cpu[middle], 'wall at least': wall[0], 'wall median': wall[middle] };
}

/** Milliseconds. */
function run(site, hours) {
  const now = new Date(NEWEST + hours * 3_600_000).toISOString();
  return measureProcess([main, 'build', '--quiet', '--json', '--force', '--now', now], join(folder, site));
}

function writeSite(name, keys) {
  mkdirSync(join(folder, name, 'config'), { recursive: true });
  writeFileSync(join(folder, name, 'config', 'newsloom.yaml'), renderSiteConfig(origin.urls, keys));
}

/** Config lines by variant. */
function moreKeys() {
  const pick = (list, i) => list[i % list.length];
  const words = 'council river bridge market school teacher doctor farmer minister report museum library garden'.split(
    ' ',
  );
  const where = (i) =>
    pick(
      [
        `{ text: { all: [${pick(words, i)}, ${pick(words, i + 3)}] } }`,
        `{ topics: ${pick(TOPICS, i)}, not: { sources: source-${i % feeds} } }`,
        `{ text: { any: [${pick(words, i)}], none: [${pick(words, i + 1)}] }, language: en }`,
        `{ sources: [source-${i % feeds}, source-${(i + 1) % feeds}], stories: 2 }`,
        `{ author: [ka ${i}], text: { any: [${pick(words, i)}] } }`,
      ],
      i,
    );
  return {
    channels: [
      'channels:',
      ...Array.from({ length: channels }, (_, i) => `  - { id: asked-${i}, title: Asked ${i}, where: ${where(i)} }`),
    ],
    languages: ['languages: [en, uk, de]'],
    digests: [
      'digests:',
      '  - { id: weekly, title: The week, of: all, every: "monday 06:00" }',
      '  - { id: daily, title: The day, of: channels/asked-0, every: "daily 06:00", by: newest }',
    ],
    announce: [
      'announce:',
      `  - { id: one, to: webhook, url: "http://127.0.0.1:${hook.address().port}/", of: [stories, topics/${TOPICS[0]}] }`,
      `  - { id: two, to: webhook, url: "http://127.0.0.1:${hook.address().port}/", of: [channels/asked-1, failures, desk] }`,
    ],
  };
}
