// Compares the speed of reading feeds with rss-parser and feedsmith, and measures how long a large feed blocks the event loop.
// `node bench/parse.mjs [dist]`
import { resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseFeed as feedsmith } from 'feedsmith';
import RssParser from 'rss-parser';

const dist = pathToFileURL(`${resolve(process.argv[2] ?? 'dist')}/`);
const { parseFeed } = await import(new URL('index.js', dist));
const { createReader } = await import(new URL('pipeline/read/reader/reader.js', dist));

const READERS = {
  newsloom: (bytes) => parseFeed(bytes, { contentType: 'application/rss+xml', url: 'https://paper.example/feed' }),
  'rss-parser': (bytes) => new RssParser().parseString(bytes.toString('utf8')),
  feedsmith: async (bytes) => feedsmith(bytes.toString('utf8')),
};

const CASES = [
  { name: 'small feed, 30 items', bytes: newsFeed(30, 0), rounds: 200 },
  { name: 'news RSS, full content', bytes: newsFeed(50, 4), rounds: 80 },
  { name: 'large feed, 1,500 items', bytes: newsFeed(1500, 7), rounds: 8 },
];

for (const { name, bytes, rounds } of CASES) await compare(name, bytes, rounds);
await measureStall(newsFeed(1500, 7));

/** Rounds alternate, so that other load affects all alike. Compares medians. */
async function compare(name, bytes, rounds) {
  const times = Object.fromEntries(Object.keys(READERS).map((reader) => [reader, []]));
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
    for (const [reader, read] of Object.entries(READERS)) {
      const start = performance.now();
      await read(bytes);
      if (round >= 0) times[reader].push(performance.now() - start);
    }
  }
  const bare = median(times['rss-parser']);
  console.log(`${name} (${(bytes.length / 1024).toFixed(0)} KB)`);
  for (const [reader, list] of Object.entries(times)) {
    const ms = median(list);
    const speed = bytes.length / 1024 / 1024 / (ms / 1000);
    console.log(
      `  ${reader.padEnd(12)} ${ms.toFixed(2).padStart(8)} ms ${speed.toFixed(1).padStart(7)} MB/s ${(bare / ms).toFixed(2).padStart(6)}x`,
    );
  }
}

/** Parses and cleans in a thread; the result is copied to the main thread. */
async function measureStall(bytes) {
  const reader = createReader();
  const read = () =>
    reader.read({
      body: bytes,
      about: { contentType: null, url: 'https://paper.example/feed' },
      context: {
        source: { id: 'paper', title: null, content: 'summary' },
        documentUrl: 'https://paper.example/feed',
        contentLanguage: null,
        credits: [],
      },
      news: 'some',
      last: null,
    });
  await read();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let round = 0; round < 3; round++) await read();
  delay.disable();
  await reader.close();
  console.log(
    `event loop, longest stall while ${(bytes.length / 1024 / 1024).toFixed(1)} MB are read: ${(delay.max / 1e6).toFixed(0)} ms`,
  );
}

function median(list) {
  return list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

/** A news feed; `paragraphs` of full content per item. */
function newsFeed(items, paragraphs) {
  const words =
    'the council says next year’s budget for trains & schools will be voted on after ministers and unions meet again in the northern towns'.split(
      ' ',
    );
  const sentence = (length, seed) =>
    Array.from({ length }, (_, index) => words[(index * 7 + seed) % words.length]).join(' ');
  const escaped = (text) => text.replace(/&/g, '&amp;');
  const content = (seed) =>
    Array.from(
      { length: paragraphs },
      (_, index) => `<p>${sentence(60, seed + index)} <a href="/about/${index}">more</a></p>`,
    ).join('\n');
  const item = (n) => `<item>
    <title>${escaped(sentence(9, n))}</title>
    <link>https://paper.example/${n}/story?from=rss&amp;page=1</link>
    <guid isPermaLink="false">https://paper.example/?p=${n}</guid>
    <pubDate>Tue, 03 Mar 2026 ${String(n % 24).padStart(2, '0')}:15:00 +0000</pubDate>
    <dc:creator><![CDATA[Ann Reed]]></dc:creator>
    <category><![CDATA[World]]></category>
    <category>Politics</category>
    <description><![CDATA[<p>${sentence(45, n)}</p>]]></description>
    ${paragraphs > 0 ? `<content:encoded><![CDATA[${content(n)}]]></content:encoded>` : ''}
    <media:thumbnail url="https://paper.example/${n}.jpg" width="100" height="60"/>
  </item>`;
  const list = Array.from({ length: items }, (_, n) => item(n)).join('\n');
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Paper</title><link>https://paper.example/</link><atom:link rel="self" href="https://paper.example/feed"/><description>All of it</description><language>en</language>
${list}</channel></rss>`);
}
