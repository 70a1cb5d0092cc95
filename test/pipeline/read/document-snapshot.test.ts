/** Document snapshots only save work: with and without them, reading gives the same result. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleKey } from '../../../src/model/identity.js';
import type { FetchState, Source } from '../../../src/model/source.js';
import { createOthersNames } from '../../../src/pipeline/facts/names-of-others.js';
import { createSiteOwnership } from '../../../src/pipeline/facts/site-ownership.js';
import { createTagging } from '../../../src/pipeline/facts/tagging.js';
import { ChangedArticles } from '../../../src/pipeline/organize/changed-articles.js';
import { mintArticles } from '../../../src/pipeline/organize/mint-articles.js';
import { createCarriedArticles } from '../../../src/pipeline/read/carried-elsewhere.js';
import { ingest } from '../../../src/pipeline/read/ingest.js';
import type { Ingested } from '../../../src/pipeline/read/ingest-result.js';
import { type ReadResult, readDirectly } from '../../../src/pipeline/read/reader/read-document.js';
import type { Store } from '../../../src/ports/store/store.js';
import { compileRules } from '../../../src/rules/rules.js';
import { openMemory } from '../../support/memory-store.js';
import { aFresh, aSource } from '../../support/sources.js';
import { isThorough } from '../../support/thorough.js';

const SOURCES: readonly Source[] = [
  aSource({ id: 'paper', url: 'https://paper.example/feed', content: 'full' }),
  aSource({ id: 'paper-two', url: 'https://paper.example/two', withdrawn: 'mark' }),
  aSource({ id: 'rival', url: 'https://rival.example/feed' }),
];
const TAGGING = createTagging({ topics: [{ id: 'sea', label: 'Sea', any: ['ferry'] }], sources: [] });
const START = Date.UTC(2026, 10, 24, 8);
const HOUR = 3_600_000;

/** Reads its sources one after another, with snapshots or without. */
class Newsroom {
  readonly asked = new Map<string, ArticleKey>();
  readonly reads: ReadResult['read'][] = [];
  private readonly inner = openMemory();
  private readonly store: Store;
  private now = START;

  constructor(memory: 'remembers' | 'forgets') {
    this.store = {
      ...this.inner,
      findByKeys: (keys) => {
        for (const key of keys) this.asked.set(JSON.stringify(key), key);
        return this.inner.findByKeys(keys);
      },
      documentSnapshot: async (id) => (memory === 'forgets' ? null : this.inner.documentSnapshot(id)),
    };
  }

  async read(source: Source, text: string, rules = '1'): Promise<Ingested> {
    this.now += HOUR;
    const states = new Map<string, FetchState>(await this.store.fetchStates());
    const carriers = createCarriedArticles(states);
    return ingest(source, states.get(source.id) ?? null, answerOf(source, text), {
      store: this.store,
      limits: { timeoutMs: 20_000, maxBytes: 10_000_000 },
      reading: {
        read: async (task) => {
          const document = await readDirectly(task);
          this.reads.push(document.read);
          return document;
        },
        readerVersion: rules,
        credits: [],
      },
      tagging: TAGGING,
      editorRules: () => compileRules({ common: [], bySource: new Map() }),
      unchangedStates: { add: (state) => this.store.saveFetches([state]) },
      carriersOf: carriers.findCarriers,
      ownership: createSiteOwnership(SOURCES, states),
      othersNames: createOthersNames(
        { sources: SOURCES, site: { url: 'https://section.example/', title: 'The Section' } },
        states,
        createSiteOwnership(SOURCES, states),
      ),
      now: new Date(this.now),
    });
  }

  async mint(): Promise<void> {
    await mintArticles(
      this.store,
      {
        siteHost: 'news.example.org',
        ownership: createSiteOwnership(SOURCES, new Map()),
      },
      new ChangedArticles(),
    );
  }

  prune(): Promise<number> {
    return this.store.prune(new Date(this.now - 4 * HOUR), 0);
  }

  /** Everything in the store, and the article of every key. */
  async contents(keys: Iterable<ArticleKey>): Promise<unknown> {
    const found = await this.inner.findByKeys([...keys]);
    const leads = found.flatMap(({ ref, matched }) => matched.map((key) => `${JSON.stringify(key)} ${ref}`)).sort();
    const articles = found.map(({ matched: _, ...article }) => article).sort((a, b) => a.ref - b.ref);
    return { states: await this.inner.fetchStates(), leads, articles, pending: await this.inner.pending() };
  }
}

function answerOf(source: Source, text: string) {
  return aFresh({ finalUrl: source.url, contentType: 'application/xml', body: Buffer.from(text) });
}

interface Piece {
  guid: string | null;
  url: string;
  title: string;
  hours: number | null;
  text: string;
  picture?: number | undefined;
}

const imageOf = (picture: number | undefined) =>
  picture === undefined ? '' : `<img src="https://paper.example/pictures/${picture}.jpg">`;

const FORMS = {
  json: {
    item: ({ guid, url, title, hours, text, picture }: Piece) =>
      `${JSON.stringify({ id: guid ?? undefined, url, title, date_published: hours === null ? undefined : new Date(START - hours * HOUR).toISOString(), content_html: `<p>${text}</p>${imageOf(picture)}` })},`,
    document: (head: string, _: string, items: string) =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: head,
        items: items.startsWith('{') ? JSON.parse(`[${items.replace(/,[^}]*$/, '')}]`) : [],
      }),
  },
  rss: {
    item: ({ guid, url, title, hours, text, picture }: Piece) =>
      `<item>${guid === null ? '' : `<guid isPermaLink="false">${guid}</guid>`}<link>${url}</link><title>${title}</title>${
        hours === null ? '' : `<pubDate>${new Date(START - hours * HOUR).toUTCString()}</pubDate>`
      }<description><![CDATA[<p>${text}</p>${imageOf(picture)}]]></description></item>`,
    document: (head: string, built: string, items: string) =>
      `<rss version="2.0"><channel><title>${head}</title><lastBuildDate>${built}</lastBuildDate>${items}</channel></rss>`,
  },
  atom: {
    item: ({ guid, url, title, hours, text, picture }: Piece) =>
      `<entry><id>${guid ?? url}</id><link href="${url}"/><title>${title}</title>${
        hours === null ? '' : `<published>${new Date(START - hours * HOUR).toISOString()}</published>`
      }<content type="html">&lt;p&gt;${text}&lt;/p&gt;${imageOf(picture).replace('<', '&lt;')}</content></entry>`,
    document: (head: string, built: string, items: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>${head}</title><updated>${built}</updated>${items}</feed>`,
  },
} as const;

type Change =
  | { readonly do: 'add'; readonly at: number; readonly piece: Piece }
  | { readonly do: 'remove' | 'edit' | 'move' | 'rename' | 'readdress' | 'repeat' | 'twin'; readonly at: number }
  | { readonly do: 'head'; readonly at: number }
  | { readonly do: 'grave'; readonly at: number };

interface Step {
  readonly source: number;
  readonly changes: readonly Change[];
  readonly after: 'mint' | 'nothing' | 'prune';
}

const small = fc.nat(5);
const anyPiece: fc.Arbitrary<Piece> = fc.record({
  guid: fc.oneof({ weight: 6, arbitrary: small.map((n) => `urn:x:${n}`) }, { weight: 1, arbitrary: fc.constant(null) }),
  url: fc.oneof(
    { weight: 6, arbitrary: small.map((n) => `https://paper.example/${n}`) },
    { weight: 1, arbitrary: fc.constantFrom('', 'https://rival.example/1?utm_source=x') },
  ),
  title: small.map((n) => `Ferry number ${n} sails again`),
  hours: fc.oneof(fc.nat(6), fc.constantFrom(null, -1, -30)),
  text: fc.constantFrom('Short.', 'The ferry sails.', 'Odd </item> in it.', 'Deep <!-- down --> here.'),
  picture: fc.option(fc.nat(2), { nil: undefined }),
});
const PROMOTION = 'Follow this paper on every network.';
/** A piece independent of the others. */
const aloneAt = (n: number, hours: number): Piece => ({
  guid: `urn:alone:${n}`,
  url: `https://paper.example/alone/${n}`,
  title: `Something else ${n}`,
  hours,
  text: n < 10 ? `Words of ${n}.` : `Words of ${n}. ${PROMOTION}`,
  picture: n % 3 === 0 ? undefined : n % 4,
});
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      at: fc.nat(3),
      piece: fc.oneof(
        { weight: 7, arbitrary: fc.tuple(fc.nat(30), fc.nat(6)).map(([n, hours]) => aloneAt(n, hours)) },
        { weight: 1, arbitrary: anyPiece },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('remove', 'edit', 'move', 'rename', 'readdress', 'head'),
      at: fc.nat(9),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('repeat', 'twin', 'grave'), at: fc.nat(9) }) },
);
const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    source: fc.nat(SOURCES.length - 1),
    changes: fc.array(anyChange, { maxLength: 3 }),
    after: fc.oneof(
      { weight: 8, arbitrary: fc.constant('mint' as const) },
      { weight: 1, arbitrary: fc.constantFrom('nothing', 'prune') },
    ),
  }),
  { minLength: 5, maxLength: 16 },
);

/** A document that is edited repeatedly. */
class Publisher {
  private pieces: Piece[] = [1, 2, 3, 4].map((n) => aloneAt(n, n));
  private head = 'Paper';
  private graves = '';
  private count = 0;

  constructor(private readonly form: keyof typeof FORMS) {}

  make(change: Change): void {
    const at = change.at % Math.max(1, this.pieces.length);
    const piece = this.pieces[at];
    this.count++;
    if (change.do === 'add') this.pieces.splice(Math.min(change.at, this.pieces.length), 0, change.piece);
    else if (change.do === 'head') this.head = `Paper ${change.at % 2}`;
    else if (piece === undefined) return;
    else if (change.do === 'remove') this.pieces.splice(at, 1);
    else if (change.do === 'move') this.pieces.push(...this.pieces.splice(at, 1));
    else if (change.do === 'edit') this.pieces[at] = { ...piece, title: `${piece.title} ${this.count % 3}` };
    else if (change.do === 'rename') this.pieces[at] = { ...piece, guid: `urn:y:${this.count % 4}` };
    else if (change.do === 'readdress') this.pieces[at] = { ...piece, url: `https://paper.example/${change.at % 6}` };
    else if (change.do === 'repeat') this.pieces.push({ ...piece, text: `${piece.text} Again.` });
    else if (change.do === 'twin') this.pieces.push(piece);
    else this.graves += `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${piece.guid}"/>`;
  }

  document(step: number): string {
    const { item, document } = FORMS[this.form];
    const built = new Date(START + step * HOUR).toISOString();
    return document(this.head, built, this.pieces.map(item).join('\n') + this.graves);
  }
}

async function agree(steps: readonly Step[]): Promise<Newsroom> {
  const [quick, slow] = [new Newsroom('remembers'), new Newsroom('forgets')];
  const publishers = [new Publisher('rss'), new Publisher('atom'), new Publisher('json')];
  for (const [number, { source, changes, after }] of steps.entries()) {
    const publisher = publishers[source]!;
    for (const change of changes) publisher.make(change);
    const text = publisher.document(number);
    const results = await Promise.all([quick, slow].map((room) => room.read(SOURCES[source]!, text)));
    expect(results[0]).toEqual(results[1]);
    if (after !== 'nothing') await Promise.all([quick.mint(), slow.mint()]);
    if (after === 'prune') await Promise.all([quick.prune(), slow.prune()]);
    expect(await quick.contents(slow.asked.values())).toEqual(await slow.contents(slow.asked.values()));
  }
  return quick;
}

describe('document snapshots', () => {
  it('do not change the result of reading later documents', async () => {
    const reads: string[] = [];
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        reads.push(...(await agree(steps)).reads);
      }),
      { numRuns: Number(process.env.RUNS ?? (isThorough ? 100 : 10)) },
    );
    const share = reads.filter((read) => read === 'new').length / reads.length;
    expect(share).toBeGreaterThan(0.2);
  }, 300_000);

  /** How each document of the first source was read, in order. */
  async function readsOf(documents: readonly string[], rules: (i: number) => string = () => '1') {
    const room = new Newsroom('remembers');
    const results: Ingested[] = [];
    for (const [i, text] of documents.entries()) {
      results.push(await room.read(SOURCES[0]!, text, rules(i)));
      await room.mint();
    }
    return { reads: room.reads, results };
  }
  const paper = (pieces: readonly Piece[], head = 'Paper', built = 'Tue, 24 Nov 2026 08:00:00 GMT') =>
    FORMS.rss.document(head, built, pieces.map(FORMS.rss.item).join(''));
  const many = (count: number) => Array.from({ length: count }, (_, i) => aloneAt(i, i));

  it('avoid reading unchanged items, regardless of the document date', async () => {
    const { reads, results } = await readsOf([
      paper(many(5)),
      paper([aloneAt(9, -1), ...many(5)], 'Paper', 'Tue, 24 Nov 2026 09:00:00 GMT'),
      paper([aloneAt(9, -1), ...many(4)]),
    ]);
    expect(reads).toEqual(['all', 'new', 'new']);
    expect(results.map(({ counts }) => [counts.added, counts.unchanged])).toEqual([
      [5, 0],
      [1, 5],
      [0, 5],
    ]);
  });

  it('are ignored once the rules or the context of reading change', async () => {
    const documents = [paper(many(3)), paper(many(4)), paper(many(5)), paper(many(6), 'Another')];
    expect((await readsOf(documents, (i) => (i < 2 ? '1' : '2'))).reads).toEqual(['all', 'new', 'all', 'all']);
  });

  it('require a full read when a picture starts or stops recurring', async () => {
    const withLogo = (n: number) => ({ ...aloneAt(n, n), picture: 7 });
    const without = (n: number) => ({ ...aloneAt(n, n), picture: undefined });
    const { reads, results } = await readsOf([
      paper([1, 2].map(withLogo)),
      paper([1, 2, 3].map(withLogo)),
      paper([1, 2, 3, 4].map(withLogo)),
      paper([withLogo(1), ...[5, 6].map(without)]),
      paper([5, 6, 7].map(without)),
    ]);
    expect(reads).toEqual(['all', 'new', 'all', 'new', 'new', 'new', 'all']);
    expect(results.map(({ counts }) => counts.updated)).toEqual([0, 0, 0, 0, 0]);
  });

  it('require a full read when a sentence becomes furniture, which changes no stored article', async () => {
    const room = new Newsroom('remembers');
    const these = (...numbers: number[]) => paper(numbers.map((n) => aloneAt(n, n)));
    const updated: number[] = [];
    for (const text of [these(11, 12), these(13, 11, 12), these(14, 13, 11, 12)]) {
      updated.push((await room.read(SOURCES[0]!, text)).counts.updated);
      await room.mint();
    }
    expect([room.reads, updated]).toEqual([
      ['all', 'new', 'all', 'new'],
      [0, 0, 0],
    ]);
    const keys = [11, 12, 13, 14].map(
      (n): ArticleKey => ({ kind: 'guid', sourceId: 'paper', value: `urn:alone:${n}` }),
    );
    const { articles } = (await room.contents(keys)) as { articles: { summary: string }[] };
    expect(articles.map(({ summary }) => summary.includes(PROMOTION))).toEqual([true, true, false, false]);
  });

  it('treat a date shared by three items as a build date', async () => {
    const stamped = (n: number) => aloneAt(n, 0);
    const { reads, results } = await readsOf([paper([stamped(1), stamped(2)]), paper([3, 1, 2].map(stamped))]);
    expect(reads).toEqual(['all', 'new']);
    expect(results[1]!.warnings).toEqual([expect.stringContaining('a build date')]);
  });

  it.each<[string, Piece[], Piece[]]>([
    ['the guid', many(3), [{ ...aloneAt(9, 1), guid: 'urn:alone:1' }, ...many(3)]],
    ['the address', many(3), [{ ...aloneAt(9, 1), url: 'https://paper.example/alone/1' }, ...many(3)]],
    ['title and date', many(3), [{ ...aloneAt(9, 1), title: 'Something else 1' }, ...many(3)]],
    ['no guid, unlike those', many(3), [{ ...aloneAt(9, 1), guid: null }, ...many(3)]],
  ])('require a full read when a new item has %s of an existing one', async (_, before, after) => {
    expect((await readsOf([paper(before), paper(after)])).reads).toEqual(['all', 'new', 'all']);
  });
});
