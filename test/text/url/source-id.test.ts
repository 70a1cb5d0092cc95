import { expect, it } from 'vitest';
import { toSourceId } from '../../../src/text/url/source-id.js';

it.each([
  ['https://foreignpolicy.com/feed/', 'foreignpolicy-com'],
  ['https://www.theguardian.com/world/rss', 'theguardian-com-world'],
  ['https://feeds.bbci.co.uk/news/world/rss.xml', 'bbci-co-uk-news-world'],
  ['https://paper.example/?feed=rss2&cat=7', 'paper-example'],
  ['https://paper.example/world?key=abc', 'paper-example-world'],
  ['https://paper.example/world?abc#def', 'paper-example-world'],
  ['https://paper.example/p/4f7Kd93jXz01LmQp82vB/world.rss', 'paper-example-p-world'],
  ['https://paper.example/550e8400-e29b-41d4-a716-446655440000/rss', 'paper-example'],
  ['https://paper.example/key=abc/world;token=def', 'paper-example'],
  ['https://ann:abc@paper.example/2026/g20-news', 'paper-example-2026-g20-news'],
  ['https:///', 'source'],
  ['http://127.0.0.1:8080/a.xml', '127-0-0-1-8080-a'],
  ['https://paper.example/%E0%A4%A/x', 'paper-example-e0-a4-a-x'],
  ['https://user:secret@paper.example/', 'paper-example'],
  ['file:///srv/feeds/in/local.xml', 'srv-in-local'],
  ['file:///feed.xml', 'source'],
])('%s → %s', (url, id) => {
  expect(toSourceId(url)).toBe(id);
});

it('an address too long for a file name → cut, with a hash', () => {
  const search = (words: string) => toSourceId(`https://news.example/search/q/${words}`);
  const ids = ['ferry', 'tram'].map((end) => search(`${'harbour+'.repeat(60)}${end}`));
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^news-example-search-q-harbour-[a-z0-9-]{100,180}$/);
});
