/** Items found without reading: only where they are what a reader would find. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPlain, writtenIn } from '../../src/parse/item-hashes.js';
import { parseText, textOf } from '../../src/parse/parse.js';

const rss = (items: string, head = '<title>t</title>') =>
  `<?xml version="1.0"?><rss version="2.0"><channel>${head}${items}</channel></rss>`;
const item = (n: number, more = '') => `<item><guid>g${n}</guid><title>Number ${n}</title>${more}</item>`;
const read = (text: string) => parseText({ text, warnings: [] }, 'https://where.example/feed');

describe('writtenIn', () => {
  it('gives each item a mark of its own, and leaves out all others', async () => {
    const text = rss(
      `${item(1)}\n  ${item(2, '<!-- </item> --><description><![CDATA[ </item> <item> <!-- ]]></description>')}${item(3)}`,
    );
    const written = writtenIn(text)!;
    expect(written.marks.items).toHaveLength(3);
    expect(new Set(written.marks.items).size).toBe(3);
    const guids = async (places: number[]) => (await read(written.withOnly(places))).items.map(({ guid }) => guid);
    expect(await guids([1])).toEqual(['g2']);
    expect(await guids([0, 2])).toEqual(['g1', 'g3']);
    expect(await guids([])).toEqual([]);
    const another = writtenIn(rss(`${item(0)}${item(3)}`))!;
    expect(another.marks.items[1]).toBe(written.marks.items[2]);
    expect(another.marks.envelopeHash).toBe(written.marks.envelopeHash);
  });

  it('knows entries of Atom, and the items of RSS 1.0 by its second list too', () => {
    const entry = (n: number) => `<entry><id>urn:${n}</id></entry>`;
    const atom = (updated: string, n: number) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><updated>${updated}</updated>${entry(1)}${entry(n)}</feed>`;
    const [one, two] = [writtenIn(atom('2026-11-24T08:00:00Z', 2))!, writtenIn(atom('2026-11-25T08:00:00Z', 3))!];
    expect(one.marks.envelopeHash).toBe(two.marks.envelopeHash);
    expect(one.marks.items[0]).toBe(two.marks.items[0]);
    const rdf = (n: number) =>
      `<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><items><rdf:Seq><rdf:li rdf:resource="urn:${n}"/></rdf:Seq></items></channel><item rdf:about="urn:${n}"><title>x</title></item></rdf:RDF>`;
    expect(writtenIn(rdf(1))!.marks.envelopeHash).toBe(writtenIn(rdf(2))!.marks.envelopeHash);
  });

  it('knows the items of a JSON feed', async () => {
    const json = (title: string, ...ids: number[]) =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title,
        items: ids.map((id) => ({ id, url: `https://where.example/${id}` })),
      });
    const [one, two] = [writtenIn(json('t', 1, 2))!, writtenIn(json('t', 3, 1))!];
    expect(one.marks.envelopeHash).toBe(two.marks.envelopeHash);
    expect(one.marks.items[0]).toBe(two.marks.items[1]);
    expect(writtenIn(json('u', 1))!.marks.envelopeHash).not.toBe(one.marks.envelopeHash);
    expect((await read(one.withOnly([1]))).items.map(({ guid }) => guid)).toEqual(['2']);
  });

  it('overlooks when and by what a document was made', () => {
    const made = (by: string, at: string) =>
      rss(item(1), `<title>t</title><generator uri="x">${by}</generator><lastBuildDate>${at}</lastBuildDate>`);
    const [one, two] = [made('Press 1.0', 'Tue, 24 Nov 2026 08:00:00 GMT'), made('Press 1.1', '2026-11-25')];
    expect(writtenIn(one)!.marks).toEqual(writtenIn(two)!.marks);
  });

  it.each([
    ['another title', rss(item(1), '<title>u</title>')],
    ['another language', rss(item(1), '<title>t</title><language>de</language>')],
    ['a tombstone', rss(`${item(1)}<at:deleted-entry ref="x"/>`)],
    ['markup for a date', rss(item(1), '<title>t</title><pubDate><b>x</b></pubDate>')],
  ])('tells %s from none', (_, text) => {
    expect(writtenIn(text)!.marks.envelopeHash).not.toBe(writtenIn(rss(item(1)))!.marks.envelopeHash);
  });

  it.each([
    ['JSON that is no feed', '{"items":{}}'],
    ['JSON that is not well-formed', '{"items":[{"id":1},]}'],
    ['JSON too deep to be written again', `{"items":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`],
    ['a table', '<table><item/></table>'],
    ['a comment in an item that has no end', rss(item(1, '<!-- '))],
    ['an instruction in an item', rss(item(1, '<?php ?>'))],
    ['an item in an item', rss(item(1, item(2)))],
    ['an item without end', rss(`${item(1)}<item><title>x</title>`)],
    ['CDATA without end', rss(item(1, '<description><![CDATA[ </description>'))],
    ['a comment around items', rss(`<!-- ${item(1)} -->${item(2)}`)],
    ['something between items', rss(`${item(1)}<x/>${item(2)}`)],
    ['the same item twice', rss(`${item(1)}${item(1)}`)],
  ])('does not look at %s', (_, text) => {
    expect(writtenIn(text)).toBeNull();
  });

  it('is linear', () => {
    const bad = `<item>${'<![CDATA[ ]]>'.repeat(100_000)}`;
    const began = performance.now();
    for (const text of [
      rss(bad),
      rss(`${bad}</item>`),
      rss('<item>'.repeat(200_000)),
      rss('<![CDATA['.repeat(100_000)),
    ]) {
      writtenIn(text);
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

/** Of every document that is plain, each item alone means what it means among the others. */
describe('what stands apart', () => {
  const folder = new URL('../fixtures/parse/', import.meta.url);
  const documents = readdirSync(folder).filter(
    (name) => /\.(?:xml|json)$/.test(name) && !name.endsWith('.expected.json'),
  );

  it('means the same alone', async () => {
    let plain = 0;
    for (const name of documents) {
      const decoded = textOf(readFileSync(new URL(name, folder)), null);
      const written = writtenIn(decoded.text);
      const feed = written && (await parseText(decoded, 'https://where.example/feed').catch(() => null));
      if (!written || !feed || !isPlain(feed, written.marks.items.length)) continue;
      plain += 1;
      for (const place of feed.items.keys()) {
        const alone = await read(written.withOnly([place]));
        expect(alone).toEqual({ ...feed, items: [feed.items[place]] });
      }
    }
    expect(plain).toBeGreaterThan(2);
  });
});
