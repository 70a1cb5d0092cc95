/** Checks feed specifications on the sample edition and on channels with random strings. */
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/model/channel.js';
import { writeAtom } from '../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../src/write/json/json-feed.js';
import { writeRss } from '../../src/write/rss/rss.js';
import { anyChannel } from '../support/any-entry.js';
import { sampleArchive, sampleEmpty, sampleHead, sampleOldArchive, sampleStories } from '../support/sample-edition.js';
import { runs } from '../support/thorough.js';

const samples = [sampleHead, sampleArchive, sampleOldArchive, sampleStories, sampleEmpty];

/** An element: its name, attributes, child elements and text. */
interface Node {
  readonly name: string;
  readonly at: Record<string, string>;
  readonly kids: Node[];
  readonly text: string;
}

function tree(xml: string): Node {
  const root = parseDocument(xml, { xmlMode: true, decodeEntities: true }).children.find(({ type }) => type === 'tag');
  return nodeOf(root as never);
}

function nodeOf(element: { name: string; attribs: Record<string, string>; children: never[] }): Node {
  const children = element.children as { type: string; data?: string; children?: { data: string }[] }[];
  return {
    name: element.name,
    at: element.attribs,
    kids: children.filter(({ type }) => type === 'tag').map((child) => nodeOf(child as never)),
    text: children
      .map(({ type, data, children: inner }) => (type === 'cdata' ? inner!.map((t) => t.data).join('') : (data ?? '')))
      .join(''),
  };
}

const named = (node: Node, name: string) => node.kids.filter((kid) => kid.name === name);
const names = (node: Node) => node.kids.map(({ name }) => name);
const only = (node: Node, name: string): Node => {
  const found = named(node, name);
  expect(found.length, `${name} in ${node.name}`).toBe(1);
  return found[0]!;
};
const RFC822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function isRss(channel: Channel): void {
  const root = tree(writeRss(channel));
  expect(root.at.version).toBe('2.0');
  const document = only(root, 'channel');
  for (const required of ['title', 'link', 'description']) expect(only(document, required).text.trim()).not.toBe('');
  expect(only(document, 'lastBuildDate').text).toMatch(RFC822);
  // RSS profile: one atom:link with rel self; RFC 5005 in archives only.
  const links = named(document, 'atom:link');
  expect(links.filter(({ at }) => at.rel === 'self').map(({ at }) => at.type)).toEqual(['application/rss+xml']);
  expect(named(document, 'fh:archive').length).toBe(channel.archive.number === null ? 0 : 1);
  for (const item of named(document, 'item')) isRssItem(item);
}

function isRssItem(item: Node): void {
  for (const required of ['title', 'link', 'guid', 'pubDate', 'source', 'description']) {
    if (required === 'description' && names(item).includes('content:encoded')) continue;
    expect(only(item, required).text.trim()).not.toBe('');
  }
  expect(only(item, 'guid').at.isPermaLink).toBe('false');
  expect(only(item, 'pubDate').text).toMatch(RFC822);
  expect(only(item, 'source').at.url).toMatch(/^https?:/);
  expect(names(item)).not.toContain('author');
  const order = names(item).filter((name) => /^(description|content:encoded)$/.test(name));
  expect(order).toEqual([...order].sort().reverse());
  for (const { at } of named(item, 'enclosure')) {
    expect([at.url, at.length, at.type].join(' ')).toMatch(/^https?:\S+ \d+ (audio|video)\/\w+$/);
  }
  expect(named(item, 'enclosure').length).toBeLessThanOrEqual(1);
}

function isAtom(channel: Channel): void {
  const feed = tree(writeAtom(channel));
  expect([feed.name, feed.at.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
  for (const required of ['id', 'title', 'updated', 'author']) only(feed, required);
  expect(only(feed, 'updated').text).toMatch(RFC3339);
  expect(
    named(feed, 'link')
      .map(({ at }) => at.rel)
      .filter((rel) => rel === 'self'),
  ).toEqual(['self']);
  for (const entry of named(feed, 'entry')) isAtomEntry(entry);
}

/** RFC 4287 4.1.2. */
function isAtomEntry(entry: Node): void {
  for (const required of ['id', 'title', 'updated', 'published', 'source']) only(entry, required);
  for (const date of ['updated', 'published']) expect(only(entry, date).text).toMatch(RFC3339);
  expect(only(entry, 'updated').text >= only(entry, 'published').text).toBe(true);
  expect(named(entry, 'author').length).toBeGreaterThan(0);
  for (const author of named(entry, 'author')) expect(only(author, 'name').text.trim()).not.toBe('');
  expect(named(entry, 'link').filter(({ at }) => at.rel === 'alternate')).toHaveLength(1);
  for (const { at } of named(entry, 'category')) expect(at.term).not.toBe('');
  expect(named(entry, 'summary').length + named(entry, 'content').length).toBeGreaterThan(0);
  for (const name of ['summary', 'content', 'rights']) expect(named(entry, name).length).toBeLessThanOrEqual(1);
  const source = only(entry, 'source');
  for (const required of ['id', 'title', 'updated']) expect(only(source, required).text.trim()).not.toBe('');
}

const TOP =
  'version title home_page_url feed_url description next_url language hubs items _source _topics _episode _related'.split(
    ' ',
  );
const ITEM =
  'id url external_url title content_html content_text summary image date_published date_modified authors tags language attachments _source _topics _episode _related'.split(
    ' ',
  );

/** https://www.jsonfeed.org/version/1.1/ */
function isJsonFeed(channel: Channel): void {
  const feed = JSON.parse(writeJsonFeed(channel));
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(Object.keys(feed).filter((key) => !TOP.includes(key))).toEqual([]);
  for (const item of feed.items) {
    expect(Object.keys(item).filter((key) => !ITEM.includes(key))).toEqual([]);
    expect(typeof (item.content_html ?? item.content_text)).toBe('string');
    expect(item.date_published).toMatch(RFC3339);
    for (const key of ['authors', 'tags', 'attachments']) expect(item[key]).not.toEqual([]);
    for (const key of ['_source', '_topics', '_episode', '_related'])
      if (key in item) expect(feed[key].about).toMatch(/\w/);
  }
}

/** The same ids in the same order, with the same dates. */
function formatsAgree(channel: Channel): void {
  const rss = named(only(tree(writeRss(channel)), 'channel'), 'item');
  const atom = named(tree(writeAtom(channel)), 'entry');
  const json: { id: string; date_published: string; date_modified?: string }[] = JSON.parse(
    writeJsonFeed(channel),
  ).items;
  const told = json.map(({ id, date_published, date_modified }) => [
    id,
    date_published,
    date_modified ?? date_published,
  ]);
  expect(atom.map((e) => ['id', 'published', 'updated'].map((name) => only(e, name).text))).toEqual(told);
  const second = (text: string) => `${new Date(text).toISOString().slice(0, 19)}Z`;
  expect(
    rss.map((item) => {
      const published = second(only(item, 'pubDate').text);
      return [only(item, 'guid').text, published, named(item, 'atom:updated')[0]?.text ?? published];
    }),
  ).toEqual(told);
}

const rules = { isRss, isAtom, isJsonFeed, formatsAgree };

describe.each(Object.entries(rules))('%s', (_, rule) => {
  it.each(samples)('is met by $path, archive $archive.number', (channel) => rule(channel));
  it('is met for random strings', () => fc.assert(fc.property(anyChannel, rule), { numRuns: runs(150) }));
});
