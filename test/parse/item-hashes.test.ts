/** Hashes of items without parsing, which must match the parsed items. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../src/parse/encoding/decode.js';
import { hashItems, matchesHashes } from '../../src/parse/item-hashes.js';
import { parseText } from '../../src/parse/parse.js';
import { processorMs } from '../support/processor-time.js';

const rss = (items: string, head = '<title>t</title>') =>
  `<?xml version="1.0"?><rss version="2.0"><channel>${head}${items}</channel></rss>`;
const item = (n: number, more = '') => `<item><guid>g${n}</guid><title>Number ${n}</title>${more}</item>`;
const read = (text: string) => parseText({ text, warnings: [] }, 'https://where.example/feed');

describe('hashItems', () => {
  it('hashes each item, and writes a document with selected items', async () => {
    const text = rss(
      `${item(1)}\n  ${item(2, '<!-- </item> --><description><![CDATA[ </item> <item> <!-- ]]></description>')}${item(3)}`,
    );
    const hashed = hashItems(text)!;
    expect(hashed.hashes.items).toHaveLength(3);
    expect(new Set(hashed.hashes.items).size).toBe(3);
    const guids = async (places: number[]) => (await read(hashed.selectItems(places))).items.map(({ guid }) => guid);
    expect(await guids([1])).toEqual(['g2']);
    expect(await guids([0, 2])).toEqual(['g1', 'g3']);
    expect(await guids([])).toEqual([]);
    const another = hashItems(rss(`${item(0)}${item(3)}`))!;
    expect(another.hashes.items[1]).toBe(hashed.hashes.items[2]);
    expect(another.hashes.envelopeHash).toBe(hashed.hashes.envelopeHash);
  });

  it('handles Atom entries, and RSS 1.0 with its item list', () => {
    const entry = (n: number) => `<entry><id>urn:${n}</id></entry>`;
    const atom = (updated: string, n: number) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><updated>${updated}</updated>${entry(1)}${entry(n)}</feed>`;
    const [one, two] = [hashItems(atom('2026-11-24T08:00:00Z', 2))!, hashItems(atom('2026-11-25T08:00:00Z', 3))!];
    expect(one.hashes.envelopeHash).toBe(two.hashes.envelopeHash);
    expect(one.hashes.items[0]).toBe(two.hashes.items[0]);
    const rdf = (n: number) =>
      `<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><items><rdf:Seq><rdf:li rdf:resource="urn:${n}"/></rdf:Seq></items></channel><item rdf:about="urn:${n}"><title>x</title></item></rdf:RDF>`;
    expect(hashItems(rdf(1))!.hashes.envelopeHash).toBe(hashItems(rdf(2))!.hashes.envelopeHash);
  });

  it('handles JSON Feed items', async () => {
    const json = (title: string, ...ids: number[]) =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title,
        items: ids.map((id) => ({ id, url: `https://where.example/${id}` })),
      });
    const [one, two] = [hashItems(json('t', 1, 2))!, hashItems(json('t', 3, 1))!];
    expect(one.hashes.envelopeHash).toBe(two.hashes.envelopeHash);
    expect(one.hashes.items[0]).toBe(two.hashes.items[1]);
    expect(hashItems(json('u', 1))!.hashes.envelopeHash).not.toBe(one.hashes.envelopeHash);
    expect((await read(one.selectItems([1]))).items.map(({ guid }) => guid)).toEqual(['2']);
  });

  it('ignores build date and generator', () => {
    const made = (by: string, at: string) =>
      rss(item(1), `<title>t</title><generator uri="x">${by}</generator><lastBuildDate>${at}</lastBuildDate>`);
    const [one, two] = [made('Press 1.0', 'Tue, 24 Nov 2026 08:00:00 GMT'), made('Press 1.1', '2026-11-25')];
    expect(hashItems(one)!.hashes).toEqual(hashItems(two)!.hashes);
  });

  it.each([
    ['another title', rss(item(1), '<title>u</title>')],
    ['another language', rss(item(1), '<title>t</title><language>de</language>')],
    ['a tombstone', rss(`${item(1)}<at:deleted-entry ref="x"/>`)],
    ['markup for a date', rss(item(1), '<title>t</title><pubDate><b>x</b></pubDate>')],
  ])('tells %s from none', (_, text) => {
    expect(hashItems(text)!.hashes.envelopeHash).not.toBe(hashItems(rss(item(1)))!.hashes.envelopeHash);
  });

  it.each([
    ['JSON that is no feed', '{"items":{}}'],
    ['JSON that is not well-formed', '{"items":[{"id":1},]}'],
    ['JSON too deep to be hashed again', `{"items":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`],
    ['a table', '<table><item/></table>'],
    ['a comment in an item that has no end', rss(item(1, '<!-- '))],
    ['an instruction in an item', rss(item(1, '<?php ?>'))],
    ['an item in an item', rss(item(1, item(2)))],
    ['an item without end', rss(`${item(1)}<item><title>x</title>`)],
    ['CDATA without end', rss(item(1, '<description><![CDATA[ </description>'))],
    ['a comment around items', rss(`<!-- ${item(1)} -->${item(2)}`)],
    ['something between items', rss(`${item(1)}<x/>${item(2)}`)],
    ['the same item twice', rss(`${item(1)}${item(1)}`)],
  ])('hashes nothing of %s', (_, text) => {
    expect(hashItems(text)).toBeNull();
  });

  it('takes linear time', async () => {
    const bad = `<item>${'<![CDATA[ ]]>'.repeat(100_000)}`;
    const long = [rss(bad), rss(`${bad}</item>`), rss('<item>'.repeat(200_000)), rss('<![CDATA['.repeat(100_000))];
    expect(await processorMs(() => long.map((text) => hashItems(text)))).toBeLessThan(5_000);
  });
});

describe('items selected from a hashed document', () => {
  const folder = new URL('../fixtures/parse/', import.meta.url);
  const documents = readdirSync(folder).filter(
    (name) => /\.(?:xml|json)$/.test(name) && !name.endsWith('.expected.json'),
  );

  it('parse to the same result', async () => {
    let compared = 0;
    for (const name of documents) {
      const decoded = decodeDocument(readFileSync(new URL(name, folder)), null);
      const hashed = hashItems(decoded.text);
      const feed = hashed && (await parseText(decoded, 'https://where.example/feed').catch(() => null));
      if (!hashed || !feed || !matchesHashes(feed, hashed.hashes.items.length)) continue;
      compared += 1;
      for (const place of feed.items.keys()) {
        const alone = await read(hashed.selectItems([place]));
        expect(alone).toEqual({ ...feed, items: [feed.items[place]] });
      }
    }
    expect(compared).toBeGreaterThan(2);
  });
});
