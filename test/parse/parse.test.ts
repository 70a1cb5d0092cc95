/** Documents that are not feeds, and limits. */
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/model/errors.js';
import { parseFeed } from '../../src/parse/parse.js';

async function refusal(body: Uint8Array | string): Promise<{ code: string; is: unknown }> {
  const error: unknown = await parseFeed(body).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ParseError)) throw new Error(`not refused: ${String(error)}`);
  return { code: error.code, is: error.details.is };
}

describe('documents that are not feeds', () => {
  const cases: readonly (readonly [is: string, body: string])[] = [
    ['empty', ''],
    ['empty', ' \n\t '],
    ['html', '<!DOCTYPE html><html><head><title>Home</title></head><body>Hello</body></html>'],
    ['html', '<!-- made by hand --><html><body><p>We have an RSS feed: &lt;rss version="2.0"&gt;</body></html>'],
    [
      'challenge',
      '<html><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/x"></script></body></html>',
    ],
    ['json', '{"name":"x","items":[1,2]}'],
    ['json', '[{"id":1}]'],
    ['opml', '<?xml version="1.0"?><opml version="2.0"><body/></opml>'],
    ['sitemap', '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>'],
    ['xml', '<?xml version="1.0"?><note><to>you</to></note>'],
    ['text', 'Not Found'],
  ];
  for (const [is, body] of cases) {
    it(`says ${is}: ${body.slice(0, 40)}`, async () => {
      expect(await refusal(body)).toEqual({ code: 'PARSE_UNRECOGNIZED', is });
    });
  }

  it('reports binary data', async () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, index) => (index * 7) % 32);
    expect(await refusal(bytes)).toEqual({ code: 'PARSE_UNRECOGNIZED', is: 'binary' });
  });

  it('rejects a feed without readable content', async () => {
    expect((await refusal('<rss version="2.0"><chan')).code).toBe('PARSE_MALFORMED');
  });

  it('rejects a JSON feed without a complete item', async () => {
    const cut = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "ti';
    expect((await refusal(cut)).code).toBe('PARSE_MALFORMED');
  });

  it('rejects more than 10 MB', async () => {
    expect((await refusal(new Uint8Array(10 * 1024 * 1024 + 1))).code).toBe('PARSE_LIMIT');
  });

  it('keeps the newest items of a JSON feed with too many', async () => {
    const at = (n: number) => new Date(1_700_000_000_000 + n * 1000).toISOString();
    const items = Array.from({ length: 2001 }, (_, n) => ({ id: String(n), content_text: 'x', date_published: at(n) }));
    const feed = await parseFeed(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }));
    expect([feed.items.length, feed.items[0]?.guid, feed.complete]).toEqual([2000, '1', false]);
  });

  it('accepts an empty feed', async () => {
    expect((await parseFeed('<rss version="2.0"><channel/></rss>')).items).toEqual([]);
  });
});

describe('a reservation of text and data mining', () => {
  const reservation = async (text: string) =>
    (await parseFeed(Buffer.from(text), { contentType: null, url: 'https://a.example/feed' })).reservation;
  const ns = 'xmlns:t="http://www.w3.org/ns/tdmrep/"';
  const rss = (head: string) => `<rss version="2.0" ${ns}><channel><title>A</title>${head}<item><title>B</title></item></channel></rss>`; // biome-ignore format: one line

  it.each([
    [
      'RSS',
      rss('<t:reservation>1</t:reservation><t:policy>https://a.example/terms</t:policy>'),
      'tdm:reservation in its feed',
    ],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom" ${ns}><title>A</title><t:reservation>1</t:reservation><t:policy>https://a.example/terms</t:policy><entry><title>B</title></entry></feed>`,
      'tdm:reservation in its feed',
    ],
    [
      'JSON Feed',
      '{"version":"https://jsonfeed.org/version/1.1","title":"A","_tdm":{"reservation":1,"policy":"https://a.example/terms"},"items":[]}',
      '_tdm in its feed',
    ],
  ])('is read in %s', async (_, text, by) => {
    // biome-ignore format: a table
    expect(await reservation(text)).toEqual({ policy: 'https://a.example/terms', by });
  });

  it.each([
    ['0', rss('<t:reservation>0</t:reservation>')],
    ['another namespace', rss('<x:reservation xmlns:x="urn:x">1</x:reservation>')],
    ['an item alone', rss('<item><title>C</title><t:reservation>1</t:reservation></item>')],
    ['no number', '{"version":"https://jsonfeed.org/version/1.1","_tdm":"1","items":[]}'],
  ])('is none: %s', async (_, text) => expect(await reservation(text)).toBeUndefined()); // biome-ignore format: a table
});
