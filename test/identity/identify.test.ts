import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/model/article.js';
import { aDocument, aDraft, type DraftParts } from '../support/a-draft.js';
import { Archive } from '../support/archive.js';

const FIRST = '2026-11-24T09:00:00Z';
const SECOND = '2026-11-24T10:00:00Z';
const THIRD = '2026-11-24T11:00:00Z';

const item = (parts: DraftParts): Draft => aDraft(parts);
/** n items, an hour apart, newest first. */
const many = (n: number, parts: (i: number) => DraftParts = () => ({})): Draft[] =>
  Array.from({ length: n }, (_, i) =>
    item({
      title: `Headline number ${i + 1}`,
      url: `https://paper.example/${i + 1}`,
      guid: `urn:x:${i + 1}`,
      date: new Date(Date.parse(FIRST) - (i + 1) * 3_600_000).toISOString(),
      ...parts(i + 1),
    }),
  );

/** The source before and an hour later, and whether readers see one article or two. */
interface Move {
  readonly why: string;
  readonly before: DraftParts;
  readonly after: DraftParts;
  readonly is: 'same' | 'new';
}

const A = 'https://paper.example/ferry';
const moves: readonly Move[] = [
  { why: 'nothing changes', before: { url: A, guid: 'g1' }, after: { url: A, guid: 'g1' }, is: 'same' },
  {
    why: 'the headline is edited',
    before: { url: A, guid: 'g1' },
    after: { url: A, guid: 'g1', title: 'Ferry sails' },
    is: 'same',
  },
  { why: 'the headline is edited, no guid', before: { url: A }, after: { url: A, title: 'Ferry sails' }, is: 'same' },
  {
    why: 'http becomes https',
    before: { url: 'http://paper.example/ferry' },
    after: { url: A, title: 'Edited' },
    is: 'same',
  },
  {
    why: 'https becomes http',
    before: { url: A },
    after: { url: 'http://paper.example/ferry', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'www. is added',
    before: { url: A },
    after: { url: 'https://www.paper.example/ferry', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'www. is dropped',
    before: { url: 'https://www.paper.example/ferry' },
    after: { url: A, title: 'Edited' },
    is: 'same',
  },
  {
    why: 'without a link, the headline is edited, same guid',
    before: { url: null, guid: 'g1' },
    after: { url: null, guid: 'g1', title: 'Ferry sails' },
    is: 'same',
  },
  {
    why: 'without a link and a guid, title and date stay',
    before: { url: null },
    after: { url: null, summary: 'Boats leave at ten.' },
    is: 'same',
  },
  {
    why: 'without a link and a guid, the same headline comes on another day',
    before: { url: null },
    after: { url: null, date: '2026-11-24T09:30:00Z' },
    is: 'new',
  },
  {
    why: 'without a link and a date, another guid has the same headline',
    before: { url: null, guid: 'g1', date: null },
    after: { url: null, guid: 'g2', date: null },
    is: 'new',
  },
  {
    why: 'without a link, a guid and a date, the headline stays',
    before: { url: null, date: null },
    after: { url: null, date: null, summary: 'Boats leave at ten.' },
    is: 'same',
  },
  { why: 'a link comes, same guid', before: { url: null, guid: 'g1' }, after: { url: A, guid: 'g1' }, is: 'same' },
  { why: 'the link goes, same guid', before: { url: A, guid: 'g1' }, after: { url: null, guid: 'g1' }, is: 'same' },
  { why: 'a slash is added', before: { url: A }, after: { url: `${A}/`, title: 'Edited' }, is: 'same' },
  { why: 'a slash is dropped', before: { url: `${A}/` }, after: { url: A, title: 'Edited' }, is: 'same' },
  {
    why: 'the default port is named',
    before: { url: A },
    after: { url: 'https://paper.example:443/ferry', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'another port is another place',
    before: { url: A },
    after: { url: 'https://paper.example:8443/ferry', title: 'Edited' },
    is: 'new',
  },
  {
    why: 'the host is spelt in capitals',
    before: { url: A },
    after: { url: 'https://PAPER.example/ferry', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'the path is spelt in capitals',
    before: { url: A },
    after: { url: 'https://paper.example/FERRY', title: 'Edited' },
    is: 'new',
  },
  {
    why: 'escapes are spelt in capitals',
    before: { url: 'https://paper.example/caf%c3%a9' },
    after: { url: 'https://paper.example/caf%C3%A9', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'campaign parameters come',
    before: { url: A },
    after: { url: `${A}?utm_source=rss&utm_medium=feed`, title: 'Edited' },
    is: 'same',
  },
  {
    why: 'campaign parameters change',
    before: { url: `${A}?utm_source=a` },
    after: { url: `${A}?utm_source=b`, title: 'Edited' },
    is: 'same',
  },
  { why: 'a click id comes', before: { url: A }, after: { url: `${A}?fbclid=Zx`, title: 'Edited' }, is: 'same' },
  {
    why: 'a parameter that names the page changes',
    before: { url: `${A}?id=1` },
    after: { url: `${A}?id=2`, title: 'Edited' },
    is: 'new',
  },
  { why: 'a fragment comes', before: { url: A }, after: { url: `${A}#top`, title: 'Edited' }, is: 'same' },
  {
    why: 'a hashbang is a page of its own',
    before: { url: 'https://paper.example/#!/1' },
    after: { url: 'https://paper.example/#!/2', title: 'Edited' },
    is: 'new',
  },
  { why: 'the AMP twin comes by path', before: { url: A }, after: { url: `${A}/amp`, title: 'Edited' }, is: 'same' },
  {
    why: 'the AMP twin comes by parameter',
    before: { url: A },
    after: { url: `${A}?amp`, title: 'Edited' },
    is: 'same',
  },
  {
    why: 'the AMP twin came first, with a path of its own',
    before: { url: 'https://paper.example/amp/news/ferry', guid: 'https://paper.example/amp/news/ferry' },
    after: {
      url: 'https://www.paper.example/news/ferry',
      guid: 'https://www.paper.example/news/ferry',
      title: 'Edited',
    },
    is: 'same',
  },
  {
    why: 'the AMP twin came first, from a cache',
    before: { url: 'https://paper-example.cdn.ampproject.org/v/s/paper.example/ferry?amp_js_v=0.1&usqp=mq331' },
    after: { url: A, title: 'Edited' },
    is: 'same',
  },
  {
    why: 'the slug is renamed, no guid, and a zero-width space comes into the title',
    before: { url: A, title: 'Ferry returns' },
    after: { url: 'https://paper.example/other', title: 'Ferry re\u200bturns' },
    is: 'same',
  },
  { why: 'the AMP twin goes', before: { url: `${A}/amp` }, after: { url: A, title: 'Edited' }, is: 'same' },
  {
    why: 'the slug is renamed, same guid',
    before: { url: A, guid: 'g1' },
    after: { url: 'https://paper.example/ferry-sails', guid: 'g1' },
    is: 'same',
  },
  {
    why: 'slug and headline are renamed, same guid',
    before: { url: A, guid: 'g1' },
    after: { url: 'https://paper.example/other', guid: 'g1', title: 'Other' },
    is: 'same',
  },
  {
    why: 'the slug is renamed, no guid, title and date stay',
    before: { url: A },
    after: { url: 'https://paper.example/ferry-sails' },
    is: 'same',
  },
  {
    why: 'slug and headline are renamed, no guid',
    before: { url: A },
    after: { url: 'https://paper.example/other', title: 'Other' },
    is: 'new',
  },
  {
    why: 'the slug is renamed, no guid, undated',
    before: { url: A, date: null },
    after: { url: 'https://paper.example/other', date: null },
    is: 'new',
  },
  {
    why: 'the guid changes, the address stays',
    before: { url: A, guid: 'g1' },
    after: { url: A, guid: 'g2' },
    is: 'same',
  },
  {
    why: 'the guid changes with the headline, the address stays',
    before: { url: A, guid: 'g1' },
    after: { url: A, guid: 'g2', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'the guid counts versions, and the date moves',
    before: { url: A, guid: `${A}#0`, date: '2026-11-23T09:10:00Z' },
    after: { url: A, guid: `${A}#1`, title: 'Other' },
    is: 'same',
  },
  {
    why: 'another guid stands at the home of a podcast',
    before: { url: 'https://www.paper.example/show', guid: 'g1' },
    after: { url: 'https://paper.example/show', guid: 'g2', title: 'Other', date: '2026-11-24T09:30:00Z' },
    is: 'new',
  },
  {
    why: 'another guid stands at the front page, with the usual headline',
    before: { url: 'https://paper.example/', guid: 'g1', title: 'Strip of the day' },
    after: { url: 'https://paper.example/', guid: 'g2', title: 'Strip of the day', date: '2026-11-24T09:30:00Z' },
    is: 'new',
  },
  {
    why: 'the guid changes, the front page and the date stay',
    before: { url: 'https://paper.example/', guid: 'g1' },
    after: { url: 'https://paper.example/', guid: 'g2', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'the guid goes, the address stays',
    before: { url: A, guid: 'g1' },
    after: { url: A, title: 'Edited' },
    is: 'same',
  },
  {
    why: 'the guid comes, the address stays',
    before: { url: A },
    after: { url: A, guid: 'g1', title: 'Edited' },
    is: 'same',
  },
  {
    why: 'guid and address change, title and date stay',
    before: { url: A, guid: 'g1' },
    after: { url: 'https://new.example/1', guid: 'g2' },
    is: 'same',
  },
  {
    why: 'all changes but the title',
    before: { url: A, guid: 'g1' },
    after: { url: 'https://new.example/1', guid: 'g2', date: '2026-11-24T08:30:00Z' },
    is: 'new',
  },
  {
    why: 'all changes but the date',
    before: { url: A, guid: 'g1' },
    after: { url: 'https://new.example/1', guid: 'g2', title: 'Other' },
    is: 'new',
  },
  {
    why: 'the letter case of the title changes with the address',
    before: { url: A },
    after: { url: 'https://paper.example/2', title: 'FERRY to the outer islands sails again' },
    is: 'same',
  },
  {
    why: 'white space in the title changes with the address',
    before: { url: A },
    after: { url: 'https://paper.example/2', title: 'Ferry  to the outer islands sails\u00a0again' },
    is: 'same',
  },
  {
    why: 'the date moves, the address stays',
    before: { url: A },
    after: { url: A, date: '2026-11-24T09:55:00Z' },
    is: 'same',
  },
  {
    why: 'the date moves, the guid stays',
    before: { url: A, guid: 'g1' },
    after: { url: A, guid: 'g1', date: '2026-11-24T09:55:00Z' },
    is: 'same',
  },
  { why: 'the date goes', before: { url: A, guid: 'g1' }, after: { url: A, guid: 'g1', date: null }, is: 'same' },
  {
    why: 'a guid is used again a few hours later',
    before: { url: A, guid: 'g1', date: '2026-11-24T06:00:00Z' },
    after: { url: 'https://paper.example/2', guid: 'g1', title: 'Other', date: '2026-11-24T09:00:00Z' },
    is: 'same',
  },
  {
    why: 'a guid is used again days later for another piece',
    before: { url: A, guid: 'g1', date: '2026-11-20T06:00:00Z' },
    after: { url: 'https://paper.example/2', guid: 'g1', title: 'Other', date: '2026-11-24T09:00:00Z' },
    is: 'new',
  },
  {
    why: 'a guid days later under the same address',
    before: { url: A, guid: 'g1', date: '2026-11-20T06:00:00Z' },
    after: { url: A, guid: 'g1', title: 'Other', date: '2026-11-24T09:00:00Z' },
    is: 'same',
  },
  {
    why: 'a guid days later with the same title',
    before: { url: A, guid: 'g1', date: '2026-11-20T06:00:00Z' },
    after: { url: 'https://paper.example/2', guid: 'g1', date: '2026-11-24T09:00:00Z' },
    is: 'same',
  },
  {
    why: 'a number as guid identifies',
    before: { url: A, guid: '4711' },
    after: { url: 'https://paper.example/2', guid: '4711', title: 'Other' },
    is: 'same',
  },
  {
    why: 'guids differ in letter case',
    before: { url: A, guid: 'Urn:X:1' },
    after: { url: 'https://paper.example/2', guid: 'urn:x:1', title: 'Other' },
    is: 'new',
  },
  {
    why: 'the same headline another day',
    before: { url: A, title: 'Morning briefing', date: '2026-11-23T06:00:00Z' },
    after: { url: 'https://paper.example/2', title: 'Morning briefing', date: '2026-11-24T06:00:00Z' },
    is: 'new',
  },
];

describe('one change at the source', () => {
  it.each(moves)('$why: $is', ({ before, after, is }) => {
    const archive = new Archive();
    archive.read('paper', [item(before)], FIRST);
    const id = [...archive.articles.values()][0]?.id;
    archive.read('paper', [item(after)], SECOND);
    expect(archive.articles.size).toBe(is === 'same' ? 1 : 2);
    expect([...archive.articles.values()][0]?.id).toBe(id);
    const again = archive.read('paper', [item(after)], THIRD);
    expect(again.added).toEqual([]);
    expect(again.changed).toEqual([]);
  });
});

describe('ids', () => {
  const idOf = (parts: DraftParts): string | null => {
    const archive = new Archive();
    archive.read('paper', [item(parts)], FIRST);
    return [...archive.articles.values()][0]?.id ?? null;
  };
  const minted = /^tag:news\.example\.org,2026:[0-9a-f]{24}$/;

  it.each([
    ['an address on the host of the link', 'https://paper.example/?p=1'],
    ['odd spelling, character by character', 'HTTP://Paper.example/%7eX?b=2&a=1#top'],
    ['a part of the host', 'https://example.example/1'.replace('example.example', 'cms.paper.example')],
    ['a tag: of the host', 'tag:paper.example,2026-11-24:shop/3'],
    ['a urn:', 'urn:uuid:0B8C4E1A-77D0-4f5e-8A35-3D7C3E0F9D11'],
  ])('takes %s', (_, guid) => expect(idOf({ guid })).toBe(guid));

  it.each([
    ['a number', '4711'],
    ['a relative address', '/2026/1'],
    ['words', 'paper item one'],
    ['an address with a space', 'https://paper.example/a b'],
    ['an address elsewhere', 'https://victim.example/1'],
    ['a host with the same ending only', 'https://notpaper.example/1'],
    ['a tag: of somebody else', 'tag:victim.example,2026:1'],
    ['a broken escape', 'https://paper.example/%zz'],
    ['javascript', 'javascript:alert(1)'],
  ])('mints one for %s', (_, guid) => expect(idOf({ guid })).toMatch(minted));

  it("do not depend on the order of arrival: the owner of a guid's host gets it", () => {
    const guid = 'https://paper.example/?p=1';
    const own = item({ guid, url: 'https://paper.example/1', date: '2026-11-24T08:00:00Z' });
    const copy = item({ guid, url: 'https://copy.example/1', title: 'Copied', date: '2026-11-24T07:00:00Z' });
    for (const order of [
      ['paper', 'copy'],
      ['copy', 'paper'],
    ]) {
      const archive = new Archive();
      for (const id of order) archive.ingest(id, [id === 'paper' ? own : copy], FIRST);
      archive.settle();
      expect(archive.byTitle(own.title).id).toBe(guid);
      expect(archive.byTitle('Copied').id).toMatch(minted);
    }
  });

  it('are not transferred to a source that claims them later', () => {
    const guid = 'https://paper.example/?p=1';
    const archive = new Archive();
    archive.read('copy', [item({ guid: 'urn:x:1', url: 'https://copy.example/1', title: 'Copied' })], FIRST);
    archive.read('paper', [item({ guid: 'urn:x:1' })], SECOND);
    expect(archive.byTitle('Copied').id).toBe('urn:x:1');
    expect(archive.articles.size).toBe(2);
    expect(archive.byTitle('Ferry to the outer islands sails again').id).not.toBe(guid);
  });
});

describe('a document', () => {
  it('with one guid for two addresses has two articles, and both stay', () => {
    const drafts = [
      item({ guid: 'g', url: 'https://paper.example/1', title: 'One' }),
      item({ guid: 'g', url: 'https://paper.example/2', title: 'Two' }),
    ];
    const archive = new Archive();
    archive.read('paper', drafts, FIRST);
    const ids = [archive.byTitle('One').id, archive.byTitle('Two').id];
    archive.read('paper', [...drafts].reverse(), SECOND);
    expect([archive.byTitle('One').id, archive.byTitle('Two').id]).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
  });

  it('with one guid and one address twice shows the newest updated, in either order', () => {
    const old = item({ guid: 'g', title: 'Third day', updated: '2026-11-24T06:00:00Z' });
    const fresh = item({ guid: 'g', title: 'Fourth day', updated: '2026-11-24T08:00:00Z' });
    const archive = new Archive();
    archive.read('paper', [old, fresh], FIRST);
    expect(archive.titles()).toEqual(['Fourth day']);
    expect(archive.read('paper', [fresh, old], SECOND).changed).toEqual([]);
  });

  it('with many duplicate guids uses addresses, and warns once', () => {
    const archive = new Archive();
    const drafts = many(10, (i) => ({ guid: i <= 3 ? 'same' : `urn:x:${i}` }));
    const first = archive.read('paper', drafts, FIRST);
    expect(first.guidsUnusable).toBe(true);
    expect(first.warnings.join()).toContain('guids');
    const second = archive.read(
      'paper',
      drafts.map((draft) => ({ ...draft, guid: `other ${draft.title}` })),
      SECOND,
    );
    expect(second.added).toEqual([]);
    expect(second.warnings).toEqual([]);
  });

  it('with one address for all items (a ticker) has one article per guid', () => {
    const archive = new Archive();
    const ticker = (n: number) =>
      item({
        guid: `urn:t:${n}`,
        url: 'https://paper.example/live',
        title: `Minute ${n}`,
        date: `2026-11-24T08:0${n}:00Z`,
      });
    archive.read('paper', [ticker(2), ticker(1)], FIRST);
    archive.read('paper', [ticker(3), ticker(2), ticker(1)], SECOND);
    expect(archive.titles()).toEqual(['Minute 2', 'Minute 1', 'Minute 3']);
  });

  it('announces nothing if all guids change at once', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    const found = archive.read(
      'paper',
      many(8, (i) => ({ guid: `https://paper.example/?p=${i}` })),
      SECOND,
    );
    expect(found.added).toEqual([]);
    expect(archive.articles.get(1)?.id).toBe('urn:x:1');
  });

  it('with new guids and addresses matches by title and date; only the new item is added', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    const moved = many(8, (i) => ({ guid: `https://new.example/${i}`, url: `https://new.example/a/${i}/` }));
    const found = archive.read(
      'paper',
      [item({ title: 'We have moved', url: 'https://new.example/hello', date: '2026-11-24T09:40:00Z' }), ...moved],
      SECOND,
    );
    expect(found.added.map(({ draft }) => draft.title)).toEqual(['We have moved']);
  });

  it('without any known article is added, with a warning', () => {
    const archive = new Archive();
    archive.read('paper', many(6), FIRST);
    const other = many(6, (i) => ({ guid: `urn:o:${i}`, url: `https://other.example/${i}`, title: `Other ${i}` }));
    const found = archive.read('paper', other, SECOND);
    expect(found.added).toHaveLength(6);
    expect(found.withdrawn).toEqual([]);
    expect(found.warnings.join()).toContain('none of its 6 articles is known');
  });

  it('with only later articles follows a pause, and gives no warning', () => {
    const archive = new Archive();
    archive.read('paper', many(6), FIRST);
    const later = many(6, (i) => ({
      guid: `urn:o:${i}`,
      url: `https://paper.example/o/${i}`,
      title: `Other ${i}`,
      date: `2026-12-06T0${i}:00:00Z`,
    }));
    const found = archive.read('paper', later, '2026-12-06T09:00:00Z');
    expect(found.added).toHaveLength(6);
    expect(found.warnings).toEqual([]);
  });

  it('in another order adds nothing', () => {
    const archive = new Archive();
    archive.read('paper', many(6), FIRST);
    const found = archive.read('paper', many(6).reverse(), SECOND);
    expect([found.added, found.changed, found.withdrawn]).toEqual([[], [], []]);
  });
});

describe('two sources', () => {
  it('with one address share one article, in either order of arrival', () => {
    const own = item({ guid: 'urn:p:1', title: 'The paper’s own', date: '2026-11-24T08:00:00Z' });
    const partner = item({
      guid: 'urn:q:77',
      url: 'http://www.paper.example/ferry/?utm_source=q',
      title: 'As the partner heads it',
      date: '2026-11-24T08:00:00Z',
    });
    for (const order of [
      ['paper', 'quay'],
      ['quay', 'paper'],
    ]) {
      const archive = new Archive();
      for (const id of order) archive.ingest(id, [id === 'paper' ? own : partner], FIRST);
      archive.settle();
      expect(archive.titles()).toEqual(['The paper’s own']);
      expect(archive.byTitle('The paper’s own')).toMatchObject({ sourceId: 'paper', alsoIn: ['quay'], id: 'urn:p:1' });
    }
  });

  it('with one foreign address: the article belongs to the first, and only the first edits it', () => {
    const archive = new Archive();
    const url = 'https://elsewhere.example/ferry';
    archive.read('quay', [item({ url, guid: 'urn:q:1', title: 'First here' })], FIRST);
    archive.read('paper', [item({ url, guid: 'urn:p:1', title: 'Later there' })], SECOND);
    archive.read('paper', [item({ url, guid: 'urn:p:1', title: 'Edited there' })], THIRD);
    expect(archive.titles()).toEqual(['First here']);
    expect(archive.byTitle('First here')).toMatchObject({ sourceId: 'quay', alsoIn: ['paper'] });
  });

  it('that link to one front page share an article with similar headlines, and keep it after an edit', () => {
    const url = 'https://elsewhere.example/';
    const one = item({ url, guid: 'urn:q:1', title: 'Pierboard 1.0 is released' });
    const alike = item({ url, guid: 'urn:p:1', title: 'Pierboard 1.0 released' });
    const other = item({ url, guid: 'urn:p:2', title: 'Why I gave up my editor' });
    for (const [drafts, titles] of [
      [[alike], [one.title]],
      [[other], [one.title, other.title]],
    ] as const) {
      const [later, together] = [new Archive(), new Archive()];
      later.read('quay', [one], FIRST);
      later.read('paper', drafts, SECOND);
      together.ingest('quay', [one], FIRST);
      together.ingest('paper', drafts, FIRST);
      together.settle();
      expect(later.titles()).toEqual(titles);
      expect(together.titles()).toHaveLength(titles.length);
    }
    const archive = new Archive();
    archive.read('quay', [one], FIRST);
    archive.read('paper', [alike], SECOND);
    archive.read('paper', [{ ...alike, title: 'A board for everybody' }], THIRD);
    expect(archive.titles()).toEqual([one.title]);
  });

  it('with one address: the article moves to the owner of the site and keeps its id', () => {
    const archive = new Archive();
    const early = '2026-11-24T07:59:59Z';
    archive.read('quay', [item({ guid: 'urn:q:1', title: 'A stranger’s words', date: early })], FIRST);
    archive.read('paper', [item({ guid: 'urn:p:1', title: 'Its own words' })], SECOND);
    archive.read('quay', [item({ guid: 'urn:q:1', title: 'Other words', date: early })], THIRD);
    expect(archive.titles()).toEqual(['Its own words']);
    expect(archive.articles.get(1)).toMatchObject({ sourceId: 'paper', alsoIn: ['quay'], id: 'urn:q:1' });
    expect(archive.articles.get(1)?.publishedAt.toISOString()).toBe('2026-11-24T08:00:00.000Z');
    for (const now of ['2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z']) {
      expect(
        archive.read('quay', aDocument([], { tombstones: [{ ref: 'urn:q:1', when: now }] }), now).withdrawn,
      ).toEqual([]);
    }
  });

  it('keep articles apart if one item moves to another address', () => {
    const archive = new Archive();
    archive.read('paper', [item({ guid: 'urn:p:1', title: 'Its own words' })], FIRST);
    archive.read('quay', [item({ guid: 'urn:q:1', title: 'A link' })], SECOND);
    archive.read('quay', [item({ guid: 'urn:q:1', url: 'https://quay.example/1', title: 'A text' })], THIRD);
    expect(archive.titles()).toEqual(['Its own words', 'A text']);
  });

  it('keep articles apart that share only title and date', () => {
    const archive = new Archive();
    archive.read('paper', [item({})], FIRST);
    archive.read('quay', [item({ url: 'https://quay.example/ferry' })], SECOND);
    expect(archive.articles.size).toBe(2);
  });
});

describe('a withdrawn article', () => {
  const without = (n: number, ...gone: number[]) => many(n).filter((_, i) => !gone.includes(i + 1));

  it('is missing twice from the middle', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    expect(archive.read('paper', without(8, 4), SECOND).withdrawn).toEqual([]);
    expect(archive.read('paper', without(8, 4), THIRD).withdrawn).toEqual([4]);
    expect(archive.read('paper', without(8, 4), '2026-11-24T12:00:00Z').withdrawn).toEqual([]);
  });

  it('is missing twice from the middle of an ascending document', () => {
    const archive = new Archive();
    archive.read('paper', many(8).reverse(), FIRST);
    expect(archive.read('paper', without(8, 4).reverse(), SECOND).withdrawn).toEqual([]);
    expect(archive.read('paper', without(8, 4).reverse(), THIRD).withdrawn).toEqual([5]); // the fifth in the document
  });

  it('is not missing once, back, and missing again', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    archive.read('paper', without(8, 4), SECOND);
    archive.read('paper', many(8), THIRD);
    expect(archive.read('paper', without(8, 4), '2026-11-24T12:00:00Z').withdrawn).toEqual([]);
    archive.read('paper', aDocument(many(5), { complete: false }), '2026-11-24T13:00:00Z');
    expect(archive.read('paper', without(8, 4), '2026-11-24T14:00:00Z').withdrawn).toEqual([]);
  });

  it('is not at the old end of the document', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    for (const now of [SECOND, THIRD]) expect(archive.read('paper', without(8, 7, 8), now).withdrawn).toEqual([]);
  });

  it('is never found in an empty or truncated document', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    expect(archive.read('paper', [], SECOND).withdrawn).toEqual([]);
    const cut = aDocument(without(8, 2, 6, 7, 8), { complete: false });
    for (const now of [SECOND, THIRD]) expect(archive.read('paper', cut, now).withdrawn).toEqual([]);

    const upside = new Archive();
    upside.read('paper', many(8).reverse(), FIRST);
    for (const now of [SECOND, THIRD])
      expect(upside.read('paper', without(8, 7, 8).reverse(), now).withdrawn).toEqual([]);
  });

  it('is never found if more than 30 % vanish at once', () => {
    const archive = new Archive();
    archive.read('paper', many(10), FIRST);
    const found = archive.read('paper', without(10, 2, 4, 6, 8), SECOND);
    expect(found.warnings.join()).toContain('4 of 10 articles vanished');
    for (const now of [THIRD, '2026-11-24T12:00:00Z'])
      expect(archive.read('paper', without(10, 2, 4, 6, 8), now).withdrawn).toEqual([]);
  });

  it('is never found in a ranked list', () => {
    const ranked = [5, 1, 8, 3, 7, 2, 6, 4].map((n) => many(8)[n - 1] as Draft);
    const archive = new Archive();
    archive.read('paper', ranked, FIRST);
    for (const now of [SECOND, THIRD])
      expect(
        archive.read(
          'paper',
          ranked.filter((_, i) => i !== 3),
          now,
        ).withdrawn,
      ).toEqual([]);
  });

  it('is not carried by another source', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    archive.read('quay', many(8, (i) => ({ guid: `urn:q:${i}` })).slice(3, 4), SECOND);
    for (const now of [SECOND, THIRD]) expect(archive.read('paper', without(8, 4), now).withdrawn).toEqual([]);
  });

  it('is found after partial documents, of which the newest entries are kept', () => {
    const archive = new Archive();
    const part = (n: number) =>
      aDocument(
        many(900, (i) => ({
          guid: `urn:${n}:${i}`,
          url: `https://paper.example/${n}/${i}`,
          title: `Part ${n}, number ${i}`,
        })),
        { complete: false },
      );
    const sizes = [1, 2, 3].map((n) => archive.read('paper', part(n), FIRST).lastRead.length);
    expect(sizes).toEqual([900, 1800, 2000]);
    expect(archive.read('paper', part(3), SECOND)).toMatchObject({ added: [], lastRead: { length: 2000 } });
  });

  it("is withdrawn at once by its own source's tombstone only", () => {
    const grave = { tombstones: [{ ref: 'urn:x:3', when: '2026-11-24T09:30:00Z' }] };
    const archive = new Archive();
    archive.read('paper', many(7), FIRST);
    archive.read('quay', [item({ guid: 'urn:q:1', url: 'https://quay.example/1', title: 'Quay' })], FIRST);
    expect(
      archive.read(
        'quay',
        aDocument([item({ guid: 'urn:q:1', url: 'https://quay.example/1', title: 'Quay' })], grave),
        SECOND,
      ).withdrawn,
    ).toEqual([]);
    expect(archive.read('paper', aDocument(without(7, 3), grave), SECOND).withdrawn).toEqual([3]);
    expect(archive.read('paper', aDocument(without(7, 3), grave), THIRD).withdrawn).toEqual([]);
  });

  it('is not withdrawn by a tombstone while another source carries it', () => {
    const archive = new Archive();
    archive.read('rival', many(7), FIRST);
    archive.read('paper', many(7, (i) => ({ guid: `urn:p:${i}` })).slice(2, 3), SECOND);
    const grave = { tombstones: [3, 4].map((n) => ({ ref: `urn:x:${n}`, when: '2026-11-24T10:30:00Z' })) };
    expect(archive.read('rival', aDocument(without(7, 3, 4), grave), THIRD).withdrawn).toEqual([4]);
  });

  it('returns with the same id; the later of tombstone and entry wins', () => {
    const archive = new Archive();
    archive.read('paper', many(7), FIRST);
    const buried = (when: string) => aDocument(many(7), { tombstones: [{ ref: 'urn:x:3', when }] });
    expect(archive.read('paper', buried('2026-11-23T00:00:00Z'), SECOND).withdrawn).toEqual([]);
    expect(archive.read('paper', buried('2026-11-24T09:30:00Z'), SECOND).withdrawn).toEqual([3]);
    const id = archive.articles.get(3)?.id;
    expect(archive.read('paper', many(7), THIRD).restored).toEqual([3]);
    expect(archive.articles.get(3)).toMatchObject({ id, withdrawnAt: null });
  });

  it('is never found if the config keeps withdrawn articles', () => {
    const archive = new Archive();
    archive.read('paper', many(8), FIRST);
    for (const now of [SECOND, THIRD]) expect(archive.read('paper', without(8, 4), now, 'keep').withdrawn).toEqual([]);
  });
});

describe('revisions', () => {
  const revised = (after: DraftParts) => {
    const archive = new Archive();
    archive.read('paper', [item({ guid: 'g1', updated: '2026-11-24T08:00:00Z' })], FIRST);
    archive.read('paper', [item({ guid: 'g1', ...after })], SECOND);
    return archive.articles.get(1)?.updatedAt?.toISOString() ?? null;
  };
  it.each<[string, DraftParts, string | null]>([
    ['none for a date alone', { updated: '2026-11-24T09:30:00Z' }, null],
    ['none for another address', { url: 'https://paper.example/other' }, null],
    ['none for categories', { categories: [{ term: 'x', scheme: null, label: null }] }, null],
    [
      'the publisher’s own date of a change',
      { title: 'Edited', updated: '2026-11-24T09:30:00Z' },
      '2026-11-24T09:30:00.000Z',
    ],
    [
      'when we noticed, where the publisher’s date is old',
      { title: 'Edited', updated: '2026-11-24T08:00:00Z' },
      '2026-11-24T10:00:00.000Z',
    ],
    [
      'when we noticed, where it lies ahead',
      { title: 'Edited', updated: '2026-11-25T08:00:00Z' },
      '2026-11-24T10:00:00.000Z',
    ],
    [
      'when we noticed, where it precedes publication',
      { title: 'Edited', updated: '2026-11-24T05:00:00Z' },
      '2026-11-24T10:00:00.000Z',
    ],
    ['the time of the read, without a date', { summary: 'Edited' }, '2026-11-24T10:00:00.000Z'],
  ])('%s', (_, after, expected) => expect(revised(after)).toBe(expected));
});

describe('an article restored from published feeds', () => {
  const edits = { title: 'Ours', summary: null, image: null, addedTopics: [], removedTopics: [] };
  it.each([
    ['whose headline the editor wrote learns its publisher’s without a revision', edits, {}, null],
    ['is revised if its publisher changed another part', edits, { summary: 'Edited' }, '2026-11-24T10:00:00.000Z'],
    ['is revised if its publisher changed the headline', null, {}, '2026-11-24T10:00:00.000Z'],
  ])('%s', (_, own, after, expected) => {
    const archive = new Archive();
    archive.read('paper', [item({ guid: 'g1' })], FIRST);
    const known = archive.articles.get(1)!;
    archive.articles.set(1, { ...known, title: 'Ours', contentHash: '', edits: own });
    archive.read('paper', [item({ guid: 'g1', ...after })], SECOND);
    expect(archive.articles.get(1)?.updatedAt?.toISOString() ?? null).toBe(expected);
  });
});

describe('the address that readers click', () => {
  it.each([
    ['stays if the other is AMP', A, `${A}/amp`, A],
    ['leaves AMP for the page itself', `${A}/amp`, A, A],
    ['leaves a path of AMP for the page itself', 'https://paper.example/amp/ferry', A, A],
    ['becomes https', 'http://paper.example/ferry', A, A],
    ['stays https', A, 'http://paper.example/ferry', A],
    ['stays without a slash', A, `${A}/`, A],
    ['follows a renamed slug', A, 'https://paper.example/other', 'https://paper.example/other'],
  ])('%s', (_, first, second, expected) => {
    const archive = new Archive();
    archive.read('paper', [item({ guid: 'g1', url: first })], FIRST);
    archive.read('paper', [item({ guid: 'g1', url: second })], SECOND);
    expect(archive.articles.get(1)?.url).toBe(expected);
  });
});

describe('the first date', () => {
  const dated = (parts: DraftParts, document: Parameters<typeof aDocument>[1] = {}, copies = 1) => {
    const archive = new Archive();
    const drafts = Array.from({ length: copies }, (_, i) => item({ ...parts, url: `https://paper.example/${i}` }));
    archive.read('paper', aDocument(drafts, document), FIRST);
    const article = archive.articles.get(1);
    return [article?.publishedAt.toISOString(), article?.publishedAtFrom];
  };
  const given = '2026-11-24T08:00:00.000Z';
  const seen = '2026-11-24T09:00:00.000Z';
  it.each<[string, unknown[], unknown[]]>([
    ['as given', dated({}), [given, 'published']],
    ['from updated', dated({ claimedPublishedFrom: 'updated' }), [given, 'updated']],
    ['none: first seen', dated({ date: null }), [seen, 'first-seen']],
    ['a little ahead: first seen', dated({ date: '2026-11-24T09:05:00Z' }), [seen, 'first-seen']],
    ['days ahead: first seen', dated({ date: '2026-12-03T09:05:00Z' }), [seen, 'first-seen']],
    ['now', dated({ date: FIRST }), [seen, 'published']],
    ['three of the read’s hour: a build stamp', dated({ date: '2026-11-24T08:59:00Z' }, {}, 3), [seen, 'first-seen']],
    [
      'three of the build date',
      dated({ date: '2026-11-20T08:00:00Z' }, { builtAt: new Date('2026-11-20T08:00:00Z') }, 3),
      [seen, 'first-seen'],
    ],
    [
      'three of a day that is the build date, at midnight, are of that day',
      dated({ date: '2026-01-01T00:00:00Z' }, { builtAt: new Date('2026-01-01T00:00:00Z') }, 3),
      ['2026-01-01T00:00:00.000Z', 'published'],
    ],
    [
      'two alike are no stamp',
      dated({ date: '2026-11-24T08:59:00Z' }, {}, 2),
      ['2026-11-24T08:59:00.000Z', 'published'],
    ],
    [
      'three alike, long ago, are no stamp',
      dated({ date: '2026-11-20T08:00:00Z' }, {}, 3),
      ['2026-11-20T08:00:00.000Z', 'published'],
    ],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it('is not a build date if other items have their own dates', () => {
    const archive = new Archive();
    const time = '2026-11-20T08:00:00Z';
    const drafts = [1, 2, 3, 4].map((n) =>
      item({ url: `https://paper.example/${n}`, title: `Pier ${n}`, date: n === 4 ? '2026-11-01T08:00:00Z' : time }),
    );
    archive.read('paper', aDocument(drafts, { builtAt: new Date(time) }), FIRST);
    expect([...archive.articles.values()].map(({ publishedAtFrom }) => publishedAtFrom)).toEqual(
      Array(4).fill('published'),
    );
  });

  it('stays if another date appears later', () => {
    const archive = new Archive();
    archive.read('paper', [item({ guid: 'g', date: null })], FIRST);
    archive.read('paper', [item({ guid: 'g', date: '2026-11-20T08:00:00Z' })], SECOND);
    expect(archive.articles.get(1)?.publishedAt.toISOString()).toBe(seen);
  });

  it('warns about far future dates, but not about clock differences', () => {
    const warnings = (date: string) => new Archive().read('paper', [item({ date })], FIRST).warnings;
    expect(warnings('2026-11-24T09:10:00Z')).toEqual([]);
    expect(warnings('2026-11-24T10:10:00Z').join()).toContain('in the future');
  });
});
