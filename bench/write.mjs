#!/usr/bin/env node
/**
 * Compares the speed of writing channels with the `feed` package: 1,000 items, the best of 30 rounds.
 * Usage: node bench/write.mjs [dist] [--items 1000]. Exits with 1 if RSS or Atom is less than three times as fast.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Feed } from 'feed';

const WANTED = { RSS: 3, Atom: 3, JSON: 0 };
const ROUNDS = 30;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { items: { type: 'string', default: '1000' } },
});
const module = resolve(positionals[0] ?? 'dist', 'index.js');
const { writeRss, writeAtom, writeJsonFeed } = await import(pathToFileURL(module).href);
const count = Number(values.items);

/** Typical news: some markup, an occasional ampersand, two topics, an image. */
const articles = Array.from({ length: count }, (_, n) => ({
  id: `tag:news.example.org,2026:${n}`,
  url: `https://paper.example/2026/11/${n}/harbour-opens?edition=1&page=${n}`,
  title: `Harbour ${n} opens after the storm – ships "free" & ready`,
  summary: `Ships may enter harbour ${n} again; the pier is safe, says the master of the port. `.repeat(3),
  contentHtml:
    `<p>Ships may enter <a href="https://paper.example/${n}">harbour ${n}</a> again &amp; leave it.</p>\n`.repeat(12),
  publishedAt: new Date(Date.UTC(2026, 10, 24) - n * 60_000),
}));

function channel() {
  const publication = { title: 'The Paper', url: 'https://paper.example/', feedUrl: 'https://paper.example/feed' };
  const topic = (id, label) => ({ id, label, scheme: 'https://news.example.org/feeds/topics/', term: id });
  return {
    kind: 'all',
    path: 'all',
    id: 'https://news.example.org/feeds/all',
    title: 'The Section',
    description: 'World news, woven',
    language: 'en',
    homeUrl: 'https://news.example.org/',
    feedsUrl: 'https://news.example.org/feeds/',
    formats: ['rss', 'atom', 'json'],
    updatedAt: articles[0].publishedAt,
    siteTitle: 'The Section',
    hub: null,
    archive: { number: null, previous: null, next: null },
    tombstones: [],
    entries: articles.map((article) => ({
      ...article,
      slug: '',
      originalUrl: article.url,
      authors: [{ name: 'Ada Example', url: null }],
      language: 'en',
      updatedAt: null,
      image: { url: 'https://paper.example/1.jpg', width: 800, height: 600, alt: 'The harbour', type: 'image/jpeg' },
      enclosures: [],
      topics: [topic('sea', 'Sea & ports'), topic('weather', 'Weather')],
      publication,
      via: null,
      credited: null,
      rights: null,
      commentsUrl: null,
      related: [],
    })),
  };
}

function feedOfPackage() {
  const feed = new Feed({
    id: 'https://news.example.org/feeds/all',
    title: 'The Section',
    description: 'World news, woven',
    link: 'https://news.example.org/',
    language: 'en',
    updated: articles[0].publishedAt,
    feedLinks: { rss: 'https://news.example.org/feeds/all.rss', json: 'https://news.example.org/feeds/all.json' },
  });
  for (const { id, url, title, summary, contentHtml, publishedAt } of articles) {
    feed.addItem({
      id,
      link: url,
      title,
      description: summary,
      content: contentHtml,
      date: publishedAt,
      published: publishedAt,
      author: [{ name: 'Ada Example' }],
      category: [
        { name: 'Sea & ports', term: 'sea', scheme: 'https://news.example.org/feeds/topics/' },
        { name: 'Weather', term: 'weather', scheme: 'https://news.example.org/feeds/topics/' },
      ],
      image: 'https://paper.example/1.jpg',
    });
  }
  return feed;
}

/** Best of many alternating rounds, which other load affects least. */
function best(mine, other) {
  const times = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    [mine, other].forEach((write, who) => {
      const start = performance.now();
      write();
      times[who] = Math.min(times[who], performance.now() - start);
    });
  }
  return times;
}

const ours = channel();
const theirs = feedOfPackage();
const pairs = {
  RSS: [() => writeRss(ours), () => theirs.rss2()],
  Atom: [() => writeAtom(ours), () => theirs.atom1()],
  JSON: [() => writeJsonFeed(ours), () => theirs.json1()],
};
let slow = false;
for (const [format, [mine, other]] of Object.entries(pairs)) {
  const [a, b] = best(mine, other);
  const rate = (ms) => `${Math.round(count / ms)}k items/s`;
  console.log(
    `write ${format}: ${a.toFixed(1)} ms (${rate(a)}), feed ${b.toFixed(1)} ms (${rate(b)}), ${(b / a).toFixed(1)} times as fast`,
  );
  if (b / a < WANTED[format]) slow = true;
}
process.exitCode = slow ? 1 : 0;
