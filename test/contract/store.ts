/** Contract tests for every store. `open` opens an empty one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentSnapshot } from '../../src/model/document.js';
import { toDateKey, toOrderKey } from '../../src/model/order.js';
import { sourceScope } from '../../src/model/story.js';
import type { DirtyDocument } from '../../src/ports/store/channels.js';
import type { FileSelection } from '../../src/ports/store/editions.js';
import type { FoundFullText } from '../../src/ports/store/full-texts.js';
import type { OutboxChanges } from '../../src/ports/store/outbox.js';
import type { Store } from '../../src/ports/store/store.js';
import {
  aNewArticle,
  articleId,
  aState,
  aText,
  at,
  clearAllDirty,
  DAY,
  guidKey,
  publishArticles,
  someChanges,
  urlKey,
} from '../support/stored-articles.js';

const NO_EDITS = { title: null, summary: null, image: null, addedTopics: [], removedTopics: [] };
const UNTOUCHED = { withdrawnAt: null, hidden: null, retitled: null, edits: null };

export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const refsOf = (articles: readonly { readonly ref: number }[]) => articles.map(({ ref }) => ref);
    const dirty = async () => (await store.dirty()).map(dirtName).sort();

    describe('sources', () => {
      it('returns saved states, with dates', async () => {
        const state = aState({
          redirect: { target: 'https://new.example/', answers: 2, since: at(3), shared: true },
          validators: { url: 'https://paper.example/feed', etag: '"a"', lastModified: null },
          error: { code: 'FETCH_TIMEOUT', message: 'no answer', status: null },
          lastRead: [{ ref: 3, missing: 1, publishedAt: DAY }],
          nextAttemptAt: null,
        });
        await store.saveFetches([state, aState({ sourceId: 'other' })]);
        expect((await store.fetchStates()).get('paper')).toEqual(state);
        await store.forgetSources(['other']);
        expect([...(await store.fetchStates()).keys()]).toEqual(['paper']);
      });

      it('saves hosts', async () => {
        await store.saveHosts([{ host: 'a.example', notBefore: at(1) }]);
        await store.saveHosts([{ host: 'a.example', notBefore: at(2) }]);
        expect(await store.hosts()).toEqual([{ host: 'a.example', notBefore: at(2) }]);
      });
    });

    it('keeps what pages list articles by until the article or its basis changes', async () => {
      await publishArticles(store, 3);
      const read = async (basis = 'a') =>
        [...(await store.pageFacts([1, 2, 3, 4], basis))].sort((a, b) => a.ref - b.ref).map((row) => ({ ...row, facts: row.facts && [...row.facts] })); // biome-ignore format: one chain
      const [one, two, three] = await read();
      expect([one, two, three].map((row) => row?.facts)).toEqual([null, null, null]);
      await store.savePageFacts([one!, two!].map(({ ref, key }) => ({ ref, key, facts: Uint8Array.of(ref, 0) })));
      await store.savePageFacts([{ ref: 2, key: two!.key, facts: Uint8Array.of(7) }]);
      expect(await read()).toEqual([{ ...one, facts: [1, 0] }, { ...two, facts: [7] }, three]);
      expect((await read('b')).map(({ facts }) => facts)).toEqual([null, null, null]);
      const changed = [{ ...aText(1, { summary: 'Corrected.' }), ref: 1, updatedAt: at(9), topics: [] }];
      await store.saveFetch(aState(), someChanges({ changed }));
      expect((await read()).map(({ facts }) => facts)).toEqual([null, [7], null]);
    });

    it('saves the versions of published objects by path', async () => {
      const object = (path: string, version: string) => ({ path, size: 3, version, digest: null });
      await store.saveObjects([object('b.rss', '1'), object('a.rss', '1'), object('c.rss', '1')], []);
      await store.saveObjects([{ ...object('b.rss', '2'), digest: 'of its bytes' }], ['c.rss', 'none.rss']);
      expect(await store.objects()).toEqual([
        object('a.rss', '1'),
        { ...object('b.rss', '2'), digest: 'of its bytes' },
      ]);
    });

    describe('answers of commands', () => {
      const answer = { language: 'uk', title: 'T', summary: null, contentHtml: '<p>x</p>', topics: [] };
      const made = [{ ...answer, as: 'translation' as const, by: 'translate', of: 'k' }];

      it('are saved by key, listed when due, and deleted when no longer requested', async () => {
        const waits = { ref: 1, key: 'k', answer: null, tries: 1, due: at(2) };
        await store.saveAnswers([waits, { ...waits, ref: 2, key: 'l', due: at(3) }], []);
        expect(await store.waitingForAnswers(at(2))).toEqual([1]);
        await store.saveAnswers([{ ...waits, answer }], [2]);
        expect(await store.storedAnswers([1, 2])).toEqual([{ ...waits, answer }]);
        expect(await store.waitingForAnswers(at(9))).toEqual([]);
      });

      it('are due for articles with the fewest failures first, then the newest', async () => {
        await publishArticles(store, 3);
        const waits = (ref: number, tries: number, key = 'k') => ({ ref, key, answer: null, tries, due: at(2) });
        await store.saveAnswers([waits(1, 0), waits(2, 0), waits(3, 1), waits(2, 4, 'l')], []);
        expect(await store.waitingForAnswers(at(2))).toEqual([2, 1, 3]);
      });

      it('change articles, mark their documents once, and are deleted by takedowns and pruning', async () => {
        await publishArticles(store, 2);
        await clearAllDirty(store);
        await store.saveMachineMade([{ ref: 1, machine: made }]);
        expect((await store.articles([1, 2])).map(({ machine }) => machine)).toEqual([made, undefined]);
        expect(await store.enrichedArticles()).toEqual([1]);
        expect(await dirty()).toContain('all');
        await clearAllDirty(store);
        await store.saveMachineMade([{ ref: 1, machine: made }]);
        expect(await dirty()).toEqual([]);
        await store.saveMachineMade([{ ref: 2, machine: made }]);
        await store.saveAnswers([{ ref: 1, key: 'k', answer, tries: 0, due: at(1) }], []);
        await store.setHidden([1], { by: 'takedown' }, at(5));
        expect(await store.storedAnswers([1])).toEqual([]);
        expect(await store.enrichedArticles()).toEqual([2]);
        await store.prune(at(1_000_000), 0);
        expect((await store.visibleArticles([2])).map(({ machine }) => machine)).toEqual([
          [{ ...made[0], contentHtml: null }],
        ]);
      });
    });

    describe('full texts', () => {
      const taken = { outcome: 'taken' as const, html: '<p>Whole</p>', detail: null, failures: 0 };
      const found = (ref: number, parts: Partial<FoundFullText> = {}) => ({
        ref,
        fullText: taken,
        due: null,
        topics: null,
        ...parts,
      });
      const due = (minute: number) => store.dueFullTexts(at(minute), 10);
      const save = (...all: FoundFullText[]) => store.saveFullTexts(all, 'v1');

      it('are due at their time, newest first, except for hidden or pending articles', async () => {
        const added = [1, 2, 3].map((n) => ({ ...aNewArticle(n), fullTextDue: at(n === 3 ? 9 : 4) }));
        await store.saveFetch(aState(), someChanges({ added }));
        expect(await due(9)).toEqual([]);
        await store.mint(
          added.map(({ ref }) => ({ ref, id: articleId(ref) })),
          [],
        );
        expect([await due(4), await due(9)]).toEqual([[2, 1], [3, 2, 1]]); // biome-ignore format: two answers
        await store.setHidden([2], { by: 'desk' }, at(5));
        await save(found(1, { due: at(8) }));
        expect([await due(7), await due(8), await due(9)]).toEqual([[], [1], [3, 1]]);
        await store.dropDueFullTexts(at(9));
        expect(await due(9)).toEqual([3]);
      });

      it('replace the text of the feed for readers, but not for comparisons with the feed', async () => {
        await publishArticles(store, 2);
        await clearAllDirty(store);
        expect(await save(found(1))).toEqual([1]);
        const [one, two] = await store.articles([1, 2]);
        const feedHtml = two!.contentHtml;
        expect(one).toMatchObject({ contentHtml: '<p>Whole</p>', fullText: taken });
        expect((await store.nextArticles(0, 1))[0]).toMatchObject({ contentHtml: '<p>Whole</p>' });
        expect((await store.findByKeys([urlKey(1)]))[0]).toMatchObject({ contentHtml: one!.feedHtml, fullText: taken });
        expect([two!.fullText, feedHtml]).not.toContain('<p>Whole</p>');
        expect(await dirty()).toContain('all');
        await clearAllDirty(store);
        expect(await save(found(1))).toEqual([]);
        expect(await dirty()).toEqual([]);
        expect(await save(found(1, { fullText: { ...taken, outcome: 'reserved', html: null } }))).toEqual([1]);
        expect((await store.articles([1]))[0]!.contentHtml).toBe(one!.feedHtml);
      });

      it('stay while their item is unchanged, and are deleted or due again when it changes', async () => {
        await publishArticles(store, 2);
        await save(found(1), found(2));
        const revised = (ref: number) => ({ ...aNewArticle(ref), title: 'Another', updatedAt: at(40) });
        const quiet = { ...aNewArticle(1), updatedAt: null };
        await store.saveFetch(aState(), someChanges({ changed: [quiet] }));
        expect(await store.articles([1])).toMatchObject([{ contentHtml: '<p>Whole</p>' }]);
        const changed = [
          { ...revised(1), fullTextDue: at(41) },
          { ...revised(2), fullTextDue: 'forgotten' as const },
        ];
        await store.saveFetch(aState(), someChanges({ changed }));
        expect((await store.articles([1, 2])).map(({ fullText }) => fullText)).toEqual([taken, undefined]);
        expect(await due(41)).toEqual([1]);
      });

      it('are deleted by takedowns and pruning', async () => {
        await publishArticles(store, 2);
        await save(found(1), found(2));
        await store.setHidden([1], { by: 'takedown' }, at(5));
        expect((await store.findByKeys([urlKey(1)]))[0]!.fullText).toBeUndefined();
        await store.prune(at(1_000_000), 0);
        expect((await store.visibleArticles([2]))[0]).toMatchObject({ contentHtml: null });
      });
    });

    it('wipes the traces of takedowns, and nothing else', async () => {
      await publishArticles(store, 3);
      await store.setHidden([1], { by: 'takedown' }, at(5));
      const before = await store.articles([1, 2, 3]);
      await store.eraseDeletedTexts();
      await store.eraseDeletedTexts();
      expect(await store.articles([1, 2, 3])).toEqual(before);
      expect((await store.setHidden([2], { by: 'takedown' }, at(6))).length).toBe(1);
    });

    describe('identity', () => {
      it('never reserves a ref twice', async () => {
        const first = await store.reserveRefs(3);
        expect(await store.reserveRefs(1)).toBe(first + 3);
      });

      it('finds an article by each of its keys, even before it has an id', async () => {
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(1)] }));
        const keys = [guidKey(1), urlKey(1), guidKey(1, 'another'), urlKey(2)];
        const [found, ...others] = await store.findByKeys(keys);
        expect(others).toEqual([]);
        expect(found).toMatchObject({ ref: 1, id: null, title: 'Headline 1', publishedAt: at(1), updatedAt: null });
        expect(found!.matched).toEqual([guidKey(1), urlKey(1)]);
        expect(await store.articles([1])).toEqual([]);
        expect(await store.countArticles()).toBe(0);
      });

      it('saves the state of the source with its articles', async () => {
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(1)] }));
        expect(refsOf(await store.findByKeys([urlKey(1)]))).toEqual([1]);
        expect((await store.fetchStates()).get('paper')).toEqual(aState());
        expect(refsOf(await store.pending())).toEqual([1]);
      });

      it('lists pending articles and mints them', async () => {
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(1, 1, { mintOnly: true })] }));
        expect(await store.pending()).toEqual([
          {
            ref: 1,
            sourceId: 'paper',
            guid: 'guid-1',
            url: 'https://paper.example/1',
            title: 'Headline 1',
            publishedAt: at(1),
            firstSeenAt: at(1.5),
            mintOnly: true,
            urlKeys: ['https://paper.example/1'],
          },
        ]);
        await store.mint([{ ref: 1, id: articleId(1) }], []);
        expect(await store.pending()).toEqual([]);
        expect(await store.takenIds([articleId(1), articleId(2)])).toEqual(new Set([articleId(1)]));
        expect(refsOf(await store.unplaced(10))).toEqual([1]);
        expect(await store.countArticles()).toBe(1);
      });

      it('never changes an id, and assigns none to an unknown article', async () => {
        await publishArticles(store, 1);
        const again = [
          { ref: 1, id: 'tag:news.example,2026:again' },
          { ref: 9, id: articleId(9) },
        ];
        await store.mint(again, []);
        expect((await store.articles([1]))[0]!.id).toBe(articleId(1));
        expect(await store.takenIds(again.map(({ id }) => id))).toEqual(new Set());
        expect(await store.countArticles()).toBe(1);
      });

      it('separates pending articles from minted ones', async () => {
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(1), aNewArticle(2)] }));
        await store.mint([{ ref: 2, id: articleId(2) }], []);
        expect(refsOf(await store.pending())).toEqual([1]);
        await store.mint([{ ref: 1, id: articleId(1) }], []);
        expect(await store.pending()).toEqual([]);
      });

      it('merges two pending articles and updates lastRead of the source', async () => {
        await store.reserveRefs(2);
        const paper = aState({ lastRead: [{ ref: 1, missing: 0, publishedAt: DAY }] });
        const other = aState({ sourceId: 'other', lastRead: [{ ref: 2, missing: 0, publishedAt: DAY }] });
        await store.saveFetch(paper, someChanges({ added: [aNewArticle(1)] }));
        const twin = aNewArticle(2, 1, { sourceId: 'other' });
        await store.saveFetch(other, someChanges({ added: [twin] }));
        await store.mint([{ ref: 1, id: articleId(1) }], [{ ref: 2, into: 1 }]);
        const found = await store.findByKeys([guidKey(1, 'other'), guidKey(1), urlKey(1)]);
        expect(found.map(({ ref, alsoIn }) => ({ ref, alsoIn }))).toEqual([{ ref: 1, alsoIn: ['other'] }]);
        expect((await store.fetchStates()).get('other')!.lastRead).toEqual([{ ref: 1, missing: 0, publishedAt: DAY }]);
        expect(await store.articles([2])).toEqual([]);
        expect(await store.reserveRefs(1)).toBe(3);
      });

      it('returns and replaces the credits of pending articles', async () => {
        const own = { title: 'The Paper', url: null, feedUrl: null };
        const attribution = { publication: { ...own, title: 'Harbour "Dispatch"' }, via: own, credited: null };
        const authors = [{ name: 'Harbour "Dispatch"', url: null }];
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(2, 2, { attribution, authors })] }));
        expect(await store.pendingCredits(0, 9)).toEqual([{ ref: 2, sourceId: 'paper', attribution, authors }]);
        expect(await store.pendingCredits(2, 9)).toEqual([]);
        const better = { publication: own, via: null, credited: { title: 'Harbour "Dispatch"', url: null } };
        await store.saveCredits([{ ref: 2, attribution: better, authors: [] }]);
        await store.mint([{ ref: 2, id: articleId(2) }], []);
        expect(await store.pendingCredits(0, 9)).toEqual([]);
        expect((await store.articles([2]))[0]).toMatchObject({ ...aText(2), attribution: better, authors: [] });
      });

      it('moves foreign keys from pending articles to others', async () => {
        await store.reserveRefs(3);
        const keys = [urlKey(1), urlKey(2), urlKey(3)];
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(1)] }));
        const claims = [2, 3].map((ref) => aNewArticle(ref, ref, { sourceId: 'other', keys: [...keys, guidKey(ref)] }));
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ added: claims }));
        const foreign = [2, 3].map((ref) => ({ ref, keys: [urlKey(1), urlKey(5 - ref)] }));
        const minted = [1, 2].map((ref) => ({ ref, id: articleId(ref) }));
        await store.mint(minted, [{ ref: 3, into: 2 }], foreign, [{ ref: 1, keys: [urlKey(1)] }]);
        for (const [key, ref] of [
          [urlKey(1), 1],
          [urlKey(2), undefined],
          [urlKey(3), 2],
          [guidKey(3), 2],
        ] as const)
          expect((await store.findByKeys([key]))[0]?.ref).toBe(ref);
      });

      it('lets a source reclaim an article of another with its text, place and dates, even a withdrawn or pruned one', async () => {
        await publishArticles(store, 2, ['all']);
        await clearAllDirty(store);
        await store.prune(at(2), 0);
        const withdraw = { ref: 1, at: at(30), policy: 'remove' } as const;
        await store.saveFetch(aState(), someChanges({ alsoIn: [], withdrawn: [withdraw] }));
        const dates = {
          publishedAt: at(20),
          publishedAtFrom: 'published',
          firstSeenAt: at(40),
          updatedAt: null,
        } as const;
        const article = { ...aText(7), ref: 1, place: 3, topics: [], ...dates };
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ reclaimed: [article] }));
        const [found] = await store.articles([1]);
        expect(found).toEqual({ ...article, id: articleId(1), sourceId: 'other', alsoIn: ['paper'], ...UNTOUCHED });
        expect(await store.countArticles()).toBe(2);
        expect(refsOf(await store.unplaced(10))).toEqual([1]);
        expect(await dirty()).toEqual(['all!']);
        await store.saveFetch(aState(), someChanges({ reclaimed: [article] }));
        expect((await store.articles([1]))[0]).toMatchObject({ sourceId: 'paper', alsoIn: ['other'] });
      });

      it('keeps an article that was reclaimed from a source whose document was read before', async () => {
        await publishArticles(store, 1);
        const article = { ...aText(7), ref: 1, place: 3, topics: [], publishedAt: at(20), publishedAtFrom: 'published', firstSeenAt: at(40), updatedAt: null } as const; // biome-ignore format: one article
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ reclaimed: [article] }));
        const changed = [{ ...aNewArticle(1), title: 'Buy pills here', updatedAt: at(40) }];
        await store.saveFetch(aState(), someChanges({ changed }));
        await store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: 1, at: at(40), policy: 'remove' }] }));
        expect((await store.articles([1]))[0]).toMatchObject({ ...aText(7), sourceId: 'other', withdrawnAt: null });
      });

      it('maps a key to the article that received it last', async () => {
        await publishArticles(store, 2);
        await store.saveFetch(aState(), someChanges({ aliases: [{ ref: 2, keys: [guidKey(1)] }] }));
        expect(refsOf(await store.findByKeys([guidKey(1)]))).toEqual([2]);
        expect(refsOf(await store.findByKeys([urlKey(1)]))).toEqual([1]);
      });
    });

    describe('document snapshots', () => {
      const snapshot = (refs: readonly number[]): DocumentSnapshot => ({
        bodyHash: 'body',
        rulesHash: 'rules',
        envelopeHash: 'outside',
        guids: 'all',
        items: refs.map((ref) => ({
          hash: `hash-${ref}`,
          ref,
          claimedPublishedAt: ref === 2 ? null : at(ref),
          keys: [guidKey(ref), urlKey(ref)],
          pictures: ref === 2 ? [] : [`picture${ref % 10}`, 'abcdefgh'],
          lines: ref === 2 ? [] : [`line00${ref % 10}`, 'abcdefg'],
        })),
      });
      const stored = (refs: readonly number[]): DocumentSnapshot => ({
        ...snapshot(refs),
        items: snapshot(refs).items.map((item) => ({ ...item, keys: 'as before' as const })),
      });
      const remember = (document: DocumentSnapshot | null) =>
        store.saveFetch(aState(), someChanges({ snapshot: document }));
      beforeEach(async () => {
        await publishArticles(store, 3);
        await remember(snapshot([1, 2]));
      });

      it('are kept until the source is read again or deleted', async () => {
        expect(await store.documentSnapshot('paper')).toEqual(stored([1, 2]));
        expect(await store.documentSnapshot('other')).toBeNull();
        await store.saveFetch(aState(), someChanges({}));
        await store.saveFetch(aState(), null);
        expect(await store.documentSnapshot('paper')).toEqual(stored([1, 2]));
        await remember(null);
        expect(await store.documentSnapshot('paper')).toBeNull();
        await remember(snapshot([1]));
        await store.forgetSources(['paper']);
        expect(await store.documentSnapshot('paper')).toBeNull();
      });

      it('keep the keys of unchanged items', async () => {
        const [first, second] = stored([2, 1]).items;
        await remember({ ...snapshot([2, 1, 3]), items: [first!, second!, snapshot([3]).items[0]!] });
        expect(await store.documentSnapshot('paper')).toEqual(stored([2, 1, 3]));
        await store.saveFetch(aState(), someChanges({ aliases: [{ ref: 3, keys: [urlKey(1)] }] }));
        expect(await store.documentSnapshot('paper')).toBeNull();
        await store.saveFetch(aState(), someChanges({ aliases: [{ ref: 1, keys: [urlKey(1)] }] }));
        await remember({ ...stored([1]), items: [{ ...stored([1]).items[0]!, hash: 'never seen' }] });
        expect(await store.documentSnapshot('paper')).toBeNull();
      });

      it('are invalid once one of their articles is withdrawn, pruned or merged', async () => {
        const withdraw = { ref: 2, at: at(30), policy: 'mark' } as const;
        await store.saveFetch(aState(), someChanges({ withdrawn: [withdraw] }));
        expect(await store.documentSnapshot('paper')).toBeNull();
        await store.saveFetch(aState(), someChanges({ restored: [2] }));
        expect(await store.documentSnapshot('paper')).toEqual(stored([1, 2]));
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ added: [aNewArticle(9, 9)] }));
        await remember(snapshot([1, 2, 9]));
        expect(await store.documentSnapshot('paper')).toEqual(stored([1, 2, 9]));
        await store.mint([], [{ ref: 9, into: 1 }]);
        expect(await store.documentSnapshot('paper')).toBeNull();
        await remember(snapshot([1, 2]));
        await store.prune(at(2), 0);
        expect(await store.documentSnapshot('paper')).toBeNull();
      });
    });

    describe('articles', () => {
      it('returns them with all fields, in the requested order', async () => {
        await publishArticles(store, 3);
        const [third, first] = await store.articles([3, 9, 1]);
        expect(third!.ref).toBe(3);
        const { keys: _, mintOnly: __, ...told } = aNewArticle(1);
        expect(first).toEqual({ ...told, id: articleId(1), alsoIn: [], updatedAt: null, ...UNTOUCHED });
        expect(refsOf(await store.nextArticles(1, 1))).toEqual([2]);
      });

      it('returns unplaced ones without their text', async () => {
        await publishArticles(store, 2);
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ alsoIn: [2] }));
        const [unplaced, ...others] = await store.unplaced(9);
        expect(others).toEqual([]);
        expect(await store.articles([2])).toEqual([{ ...aText(2), ...unplaced }]);
      });

      it('returns revised ones as unplaced, in batches', async () => {
        await publishArticles(store, 3);
        const changed = [1, 3].map((n) => ({ ...aText(n), ref: n, topics: worldTag(), updatedAt: at(5) }));
        await store.saveFetch(aState(), someChanges({ changed }));
        expect(refsOf(await store.unplaced(1))).toEqual([1]);
        expect(refsOf(await store.unplaced(9, 1))).toEqual([3]);
        expect(await store.unplaced(9, 3)).toEqual([]);
      });

      it('counts the articles hidden by each rule, even those hidden for other reasons', async () => {
        await publishArticles(store, 4);
        await store.setHidden([1, 2], { by: 'rule', rule: 'drop title: a' }, at(9));
        await store.setHidden([3], { by: 'rule', rule: 'drop title: b' }, at(9));
        await store.setHidden([3, 4], { by: 'desk' }, at(9));
        expect(await store.countDroppedByRules()).toEqual([
          { sourceId: 'paper', rule: 'drop title: b', articles: 1 },
          { sourceId: 'paper', rule: 'drop title: a', articles: 2 },
        ]);
      });

      it('saves headlines of rules, and marks full archive documents that show the article', async () => {
        await publishArticles(store, 2);
        await store.archive('all', [1]);
        await clearAllDirty(store);
        await store.saveHeadlines([{ ref: 1, title: 'Shorter' }]);
        expect(await store.articles([1, 2])).toMatchObject([
          { title: 'Headline 1', retitled: 'Shorter', updatedAt: null },
          { retitled: null },
        ]);
        expect((await store.dirty()).filter(({ channel }) => channel === 'all')).toEqual([
          { channel: 'all', archive: null, takedown: true },
          { channel: 'all', archive: 1, takedown: true },
        ]);
        await store.saveHeadlines([{ ref: 1, title: null }]);
        expect(await store.articles([1])).toMatchObject([{ retitled: null }]);
      });

      it('finds one by id and by address', async () => {
        await publishArticles(store, 2);
        expect((await store.find(articleId(2)))?.ref).toBe(2);
        expect((await store.find('https://paper.example/1'))?.ref).toBe(1);
        expect(await store.find('https://paper.example/9')).toBeNull();
      });

      it('prunes old ones, and still finds them by key', async () => {
        await publishArticles(store, 3);
        expect(await store.prune(at(2), 2)).toBe(1);
        expect(await store.countArticles()).toBe(2);
        expect(await store.articles([1])).toEqual([]);
        expect(await store.find(articleId(1))).toBeNull();
        expect(refsOf(await store.nextArticles(0, 10))).toEqual([2, 3]);
        expect(await store.takenIds([articleId(1)])).toEqual(new Set([articleId(1)]));
        const [left] = await store.findByKeys([urlKey(1)]);
        expect(left).toMatchObject({
          ref: 1,
          id: articleId(1),
          title: 'Headline 1',
          contentHtml: null,
          contentHash: 'hash-1',
        });
        expect(await store.prune(at(2), 2)).toBe(0);
      });

      it('does not prune articles in a head', async () => {
        await publishArticles(store, 3);
        expect(await store.prune(at(9), 2)).toBe(1);
        expect(refsOf(await store.nextArticles(0, 10))).toEqual([2, 3]);
      });

      it('keeps a pruned article in its archive document, without its text', async () => {
        await publishArticles(store, 3);
        await store.archive('all', [1]);
        await store.prune(at(2), 2);
        const archived = await store.visibleArticles(await store.archived('all', 0, 100));
        expect(archived).toMatchObject([{ ref: 1, title: 'Headline 1', contentHtml: null }]);
      });
    });

    describe('renames', () => {
      it('keep the articles and the archive of a topic, pruned ones too', async () => {
        await publishArticles(store, 3);
        await store.place([{ ref: 1, order: '1', channels: ['all', 'topics/world'] }]);
        await store.archive('topics/world', [1]);
        await store.prune(at(2), 2);
        await store.renameTopic('world', 'abroad');
        const [first] = await store.visibleArticles([1]);
        expect(first!.topics.map(({ topicId }) => topicId)).toEqual(worldTag().map(() => 'abroad'));
        const paths = (await store.channels()).map(({ channel }) => channel);
        expect([paths.includes('topics/abroad'), paths.includes('topics/world')]).toEqual([true, false]);
        expect(await store.archived('topics/abroad', 0, 100)).toEqual([1]);
      });

      it('keep the articles, the state and the feed of a source', async () => {
        await publishArticles(store, 2);
        await store.saveFetches([aState({ failures: 3 })]);
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ alsoIn: [1] }));
        const midnight = aNewArticle(3, 3, { publishedAt: at(0), sourceId: 'paper' });
        await store.saveFetch(aState({ failures: 3 }), someChanges({ added: [midnight] }));
        await store.mint([{ ref: 3, id: articleId(3) }], []);
        await store.place([{ ref: 3, order: toOrderKey({ ...midnight, id: articleId(3) }), channels: ['all'] }]);
        await store.renameSource('paper', 'gazette');
        await store.renameSource('other', 'wire');
        const order = toOrderKey({ ...midnight, sourceId: 'gazette', id: articleId(3) });
        expect((await store.neighbours('all', '', 'older', 9)).at(-1)).toEqual({ ref: 3, order });
        expect(await store.listPlaces(3)).toHaveLength(1);
        expect((await store.articles([1, 2])).map(({ sourceId, alsoIn }) => [sourceId, alsoIn])).toEqual([
          ['gazette', ['wire']],
          ['gazette', []],
        ]);
        const states = await store.fetchStates();
        expect([...states.keys()].sort()).toEqual(['gazette', 'wire']);
        expect(states.get('gazette')).toMatchObject({ sourceId: 'gazette', failures: 3 });
        await store.renameSource('paper', 'gazette');
        expect([...(await store.fetchStates()).keys()].sort()).toEqual(['gazette', 'wire']);
      });

      it('keep the term counts of a source', async () => {
        const counts = new Uint8Array([1, 0, 2, 0]);
        const terms = [[sourceScope('paper'), counts]] as const;
        await store.saveStories({ stories: [], merged: [], terms, clusteredUpTo: 0, closedBefore: 0 });
        await store.renameSource('paper', 'gazette');
        const [found, ...others] = await store.storyTerms([sourceScope('paper'), sourceScope('gazette')]);
        expect([found![0], [...found![1]], others]).toEqual([sourceScope('gazette'), [...counts], []]);
      });
    });

    describe('changes of a read', () => {
      it('saves a revision', async () => {
        await publishArticles(store, 1);
        await clearAllDirty(store);
        const changed = { ...aText(1, { title: 'Corrected' }), ref: 1, updatedAt: at(5), topics: worldTag() };
        await store.saveFetch(aState({ failures: 2 }), someChanges({ changed: [changed] }));
        expect(await store.articles([1])).toMatchObject([{ title: 'Corrected', updatedAt: at(5), publishedAt: at(1) }]);
        expect(await dirty()).toEqual(['all']);
        expect((await store.fetchStates()).get('paper')!.failures).toBe(2);
      });

      it('marks nothing as dirty for invisible changes, and keeps the date of the last revision', async () => {
        await publishArticles(store, 1);
        const told = { ref: 1, topics: worldTag() };
        await store.saveFetch(aState(), someChanges({ changed: [{ ...aText(1), ...told, updatedAt: at(5) }] }));
        await clearAllDirty(store);
        const changed = { ...aText(1, { guid: 'another' }), ...told, updatedAt: null };
        await store.saveFetch(aState(), someChanges({ changed: [changed] }));
        expect(await dirty()).toEqual([]);
        expect(await store.articles([1])).toMatchObject([{ guid: 'another', updatedAt: at(5) }]);
      });

      it('publishes changed files without a revision date', async () => {
        await publishArticles(store, 1);
        await clearAllDirty(store);
        const enclosures = [{ url: 'https://paper.example/1.mp3', type: 'audio/mpeg', length: null, duration: 61 }];
        const changed = { ...aText(1, { enclosures }), ref: 1, updatedAt: null, topics: worldTag() };
        await store.saveFetch(aState(), someChanges({ changed: [changed] }));
        expect(await dirty()).toEqual(['all']);
        expect(await store.articles([1])).toMatchObject([{ enclosures, updatedAt: null }]);
      });

      it('places an article again when another source carries it', async () => {
        await publishArticles(store, 1);
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ alsoIn: [1] }));
        expect(await store.articles([1])).toMatchObject([{ alsoIn: ['other'] }]);
        expect(refsOf(await store.unplaced(10))).toEqual([1]);
        await placeAgain(['all', 'sources/other']);
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ alsoIn: [1] }));
        expect(await store.unplaced(10)).toEqual([]);
      });

      it('hides withdrawn articles, and shows restored ones again', async () => {
        await publishArticles(store, 3);
        await store.archive('all', [1]);
        await clearAllDirty(store);
        await store.saveFetch(
          aState(),
          someChanges({ withdrawn: [1, 3].map((ref) => ({ ref, at: at(30 + ref), policy: 'remove' })) }),
        );
        expect(await store.head('all', 10)).toEqual([2]);
        expect(await store.archived('all', 0, 9)).toEqual([1]);
        expect(refsOf(await store.visibleArticles([3, 2, 1]))).toEqual([2]);
        expect(await store.unpublishedIds()).toEqual(new Set([articleId(1), articleId(3)]));
        expect(await store.channels()).toMatchObject([{ members: 1, archived: 1 }]);
        expect(await store.listWithdrawn('all', at(32))).toEqual([{ id: articleId(3), at: at(33), by: 'publisher' }]);
        expect((await store.listWithdrawn('all', at(0))).map(({ id }) => id)).toEqual([articleId(3), articleId(1)]);
        expect(await dirty()).toEqual(['all!', 'all/1!']);
        expect(await store.articles([3])).toMatchObject([{ withdrawnAt: at(33) }]);
        expect(await store.countArticles()).toBe(3);
        await clearAllDirty(store);
        await store.saveFetch(aState(), someChanges({ restored: [1] }));
        expect(await store.head('all', 10)).toEqual([2, 1]);
        expect(refsOf(await store.visibleArticles(await store.archived('all', 0, 9)))).toEqual([1]);
        expect(await dirty()).toEqual(['all!', 'all/1!']);
      });

      it('hides articles for several reasons, until none is left', async () => {
        await publishArticles(store, 3);
        await clearAllDirty(store);
        expect(await store.setHidden([2], { by: 'desk' }, at(30))).toEqual([2]);
        expect(await dirty()).toEqual(['all!']);
        expect(await store.unpublishedIds()).toEqual(new Set([articleId(2)]));
        expect(await store.setHidden([2], { by: 'rule', rule: 'drop' }, at(31))).toEqual([]);
        expect(await store.head('all', 9)).toEqual([3, 1]);
        expect(await store.listWithdrawn('all', at(0))).toEqual([{ id: articleId(2), at: at(30), by: 'section' }]);
        expect(await store.articles([2])).toMatchObject([{ hidden: { by: 'desk' }, withdrawnAt: null }]);
        expect(await store.hiddenRefs('rule')).toEqual([2]);
        expect(await store.unsetHidden([2], 'desk')).toEqual([]);
        expect(await store.articles([2])).toMatchObject([{ hidden: { by: 'rule', rule: 'drop' } }]);
        expect(await store.unsetHidden([2], 'rule')).toEqual([2]);
        expect(await store.head('all', 9)).toEqual([3, 2, 1]);
        expect(await store.listWithdrawn('all', at(0))).toEqual([]);
      });

      it('keeps an article hidden if its publisher restores it, and withdrawn if the section shows it', async () => {
        await publishArticles(store, 2);
        const withdraw = { ref: 2, at: at(30), policy: 'remove' } as const;
        await store.saveFetch(aState(), someChanges({ withdrawn: [withdraw] }));
        await store.setHidden([2], { by: 'desk' }, at(31));
        expect(await store.listWithdrawn('all', at(0))).toMatchObject([{ at: at(30) }]);
        await store.saveFetch(aState(), someChanges({ restored: [2] }));
        expect(await store.head('all', 9)).toEqual([1]);
        await store.saveFetch(aState(), someChanges({ withdrawn: [withdraw] }));
        await store.unsetHidden([2], 'desk');
        expect(await store.head('all', 9)).toEqual([1]);
        await store.saveFetch(aState(), someChanges({ restored: [2] }));
        expect(await store.head('all', 9)).toEqual([2, 1]);
      });

      it('does not place an article hidden from the beginning until it is shown', async () => {
        await store.saveFetch(aState(), someChanges({ added: [aNewArticle(1)] }));
        await store.setHidden([1], { by: 'review' }, at(2));
        await store.mint([{ ref: 1, id: articleId(1) }], []);
        const place = { ref: 1, order: '1', channels: ['all'] };
        await store.place([place]);
        expect(await store.unplaced(9)).toEqual([]);
        expect([await store.head('all', 9), await store.listWithdrawn('all', at(0))]).toEqual([[], []]);
        expect(await store.unsetHidden([1], 'review')).toEqual([1]);
        expect(refsOf(await store.unplaced(9))).toEqual([1]);
        await store.place([place]);
        expect(await store.head('all', 9)).toEqual([1]);
      });

      it('deletes the text of a takedown permanently until it is lifted', async () => {
        await publishArticles(store, 1);
        await store.saveEdits([{ ref: 1, edits: { ...NO_EDITS, title: 'Ours' } }]);
        await store.saveHeadlines([{ ref: 1, title: 'Headline, cut' }]);
        await store.setHidden([1], { by: 'takedown' }, at(30));
        const revised = { ...aNewArticle(1), title: 'Headline again', updatedAt: at(40) };
        await store.saveFetch(aState(), someChanges({ changed: [revised] }));
        const { placed: _, ...reclaim } = { ...revised, place: 0, placed: 0 };
        await store.saveFetch(aState({ sourceId: 'other' }), someChanges({ reclaimed: [reclaim] }));
        const [gone] = await store.articles([1]);
        expect(gone).toMatchObject({ hidden: { by: 'takedown' }, title: 'Taken down', contentHtml: null, edits: null });
        expect(JSON.stringify(gone)).not.toMatch(/Headline|happened|A. Writer|Text 1/);
        expect(await store.unsetHidden([1], 'takedown')).toEqual([]);
        expect(await store.head('all', 9)).toEqual([]);
        await store.saveFetch(aState(), someChanges({ changed: [revised] }));
        expect(await store.articles([1])).toMatchObject([{ hidden: null, title: 'Headline again', updatedAt: null }]);
        expect(await store.head('all', 9)).toEqual([1]);
      });

      it('deletes people and messages of an article with a takedown', async () => {
        await publishArticles(store, 1);
        const guest = { name: 'A. Guest', role: 'guest', url: null };
        const episode = { season: 1, number: 2, transcripts: [], chapters: null, people: [guest] };
        const revised = { ...aNewArticle(1), episode, discussionUrl: 'https://a.example/talk', updatedAt: null };
        await store.saveFetch(aState(), someChanges({ changed: [revised] }));
        const told = (['article', 'failure'] as const).map((kind) => ({ target: 'slack', kind, subject: '1' }));
        await store.clearDirty([], { at: at(1), begun: [], ended: [], announced: [], rows: told });
        const message = { key: 'k', text: 'Headline 1', at: at(1) };
        const rows = (await store.announcements(['waiting'])).map(({ n }) => n);
        await store.markAnnouncements([{ rows, state: 'sending', message }], null);
        await store.setHidden([1], { by: 'takedown' }, at(30));
        expect(await store.articles([1])).toMatchObject([{ episode: null, discussionUrl: null }]);
        expect((await store.announcements(['sending'])).map(({ text }) => text)).toEqual([null, 'Headline 1']);
      });

      it('restores a lifted takedown from any feed of its source', async () => {
        await publishArticles(store, 1);
        const item = { hash: 'h', ref: 1, claimedPublishedAt: null, keys: [guidKey(1)], pictures: [], lines: [] };
        const snapshot = { rulesHash: 'r', envelopeHash: 'e', items: [item] } as unknown as DocumentSnapshot;
        await store.setHidden([1], { by: 'takedown' }, at(30));
        for (const sourceId of ['paper.2', 'paper', 'paperback'])
          await store.saveFetch(aState({ sourceId, bodyHash: 'b' }), someChanges({ snapshot }));
        await store.unsetHidden([1], 'takedown');
        const kept = await Promise.all(['paper', 'paper.2', 'paperback'].map((id) => store.documentSnapshot(id)));
        expect(kept.map((one) => one !== null)).toEqual([false, false, true]);
        const states = [...(await store.fetchStates()).values()];
        expect(states.map(({ sourceId, bodyHash }) => [sourceId, bodyHash !== null])).toEqual([
          ['paper', false],
          ['paper.2', false],
          ['paperback', true],
        ]);
      });

      it('saves edits separately from the text, and marks all documents that show the article', async () => {
        await publishArticles(store, 2, ['all', 'topics/world']);
        await store.archive('all', [1, 2]);
        await clearAllDirty(store);
        const edits = { ...NO_EDITS, title: 'Ours', addedTopics: ['sea'] };
        expect(await store.saveEdits([{ ref: 1, edits }])).toBe(1);
        expect(await store.saveEdits([{ ref: 1, edits }])).toBe(0);
        expect(await dirty()).toEqual(['all!', 'all/1!', 'topics/world!']);
        expect(await store.articles([1])).toMatchObject([{ title: 'Headline 1', edits }]);
        expect(refsOf(await store.unplaced(9))).toEqual([1]);
        expect(await store.saveEdits([{ ref: 1, edits: null }])).toBe(1);
        expect(await store.articles([1])).toMatchObject([{ edits: null }]);
      });

      it('finds articles by id and by address', async () => {
        await publishArticles(store, 2);
        const found = await store.findRefs([articleId(1), 'https://paper.example/2', 'https://paper.example/9']);
        expect([...found]).toEqual([
          [articleId(1), 1],
          ['https://paper.example/2', 2],
        ]);
      });

      it('still shows articles that are only marked as withdrawn', async () => {
        await publishArticles(store, 2);
        await clearAllDirty(store);
        await store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: 2, at: at(30), policy: 'mark' }] }));
        const head = await store.visibleArticles(await store.head('all', 10));
        expect(head).toMatchObject([{ ref: 2, withdrawnAt: at(30) }, { ref: 1 }]);
        expect(await store.listWithdrawn('all', at(0))).toEqual([]);
        expect(await dirty()).toEqual(['all!']);
        await placeAgain(['topics/a'], 2);
        expect(await store.head('topics/a', 10)).toEqual([2]);
      });
    });

    describe('topics', () => {
      it('finds articles tagged under another fingerprint', async () => {
        await publishArticles(store, 3);
        expect(await store.staleTags('topics-1', 0, 10)).toEqual([]);
        expect(refsOf(await store.staleTags('topics-2', 1, 1))).toEqual([2]);
        await store.saveTags([{ ref: 2, topics: worldTag() }], 'topics-2');
        expect(refsOf(await store.staleTags('topics-2', 0, 10))).toEqual([1, 3]);
      });

      it('places only articles with changed topics again', async () => {
        await publishArticles(store, 2);
        await clearAllDirty(store);
        const because = [{ phrase: 'y', field: 'title', offset: 0, weight: 1 } as const];
        const tags = [
          { ref: 1, topics: [{ topicId: 'world', score: 1, because }] },
          { ref: 2, topics: [{ topicId: 'sport', score: 1, because: [] }] },
        ];
        await store.saveTags(tags, 'topics-2');
        expect(refsOf(await store.unplaced(10))).toEqual([2]);
        expect(await dirty()).toEqual(['all']);
        expect((await store.articles([1]))[0]!.topics).toEqual(tags[0]!.topics);
      });
    });

    describe('channels', () => {
      it('returns the newest articles, newest first', async () => {
        await publishArticles(store, 5);
        expect(await store.head('all', 3)).toEqual([5, 4, 3]);
        expect(await store.head('nowhere', 3)).toEqual([]);
        expect(await dirty()).toEqual(['all']);
      });

      it('marks the channels that an article leaves and enters, and no others', async () => {
        await publishArticles(store, 2, ['all', 'topics/a']);
        await clearAllDirty(store);
        await placeAgain(['all', 'topics/b'], 2);
        expect(await dirty()).toEqual(['topics/a!', 'topics/b']);
        expect(await store.head('topics/a', 9)).toEqual([1]);
        expect(await store.head('topics/b', 9)).toEqual([2]);
        expect((await store.channels()).map(({ channel, members }) => [channel, members])).toEqual([
          ['all', 2],
          ['topics/a', 1],
          ['topics/b', 1],
        ]);
      });

      it('lists articles that leave the head, the last first, and assigns permanent places', async () => {
        await publishArticles(store, 5);
        const [third] = await store.articles([3]);
        expect(await store.head('all', 3)).toEqual([5, 4, 3]);
        expect(await store.leaving('all', toOrderKey(third!))).toEqual([1, 2]);
        expect(await store.archive('all', [1, 2])).toBe(0);
        expect(await store.leaving('all', toOrderKey(third!))).toEqual([]);
        expect(await store.leaving('all', null)).toEqual([3, 4, 5]);
        expect(await store.archive('all', [3, 2])).toBe(2);
        expect(await store.archived('all', 0, 100)).toEqual([1, 2, 3]);
        expect(await store.archived('all', 1, 2)).toEqual([2]);
        expect(await store.archived('all', 1, 9)).toEqual([2, 3]);
        expect(await store.head('all', 9)).toEqual([5, 4, 3, 2, 1]);
        expect(await store.head('all', 4)).toEqual([5, 4, 3, 2]);
        expect(await store.visibleArticles([4, 9, 1])).toEqual([...(await store.articles([4, 1]))]);
      });

      it('leaves a gap when an archived article leaves the channel', async () => {
        await publishArticles(store, 3);
        await store.archive('all', [1, 2]);
        await clearAllDirty(store);
        await placeAgain([], 1);
        expect(await dirty()).toEqual(['all!', 'all/1!']);
        expect(await store.archived('all', 0, 9)).toEqual([2]);
        expect(await store.archive('all', [3])).toBe(2);
        expect(await store.archived('all', 1, 3)).toEqual([2, 3]);
      });

      it('lists archived and other neighbours, nearest first', async () => {
        await publishArticles(store, 6);
        await store.archive('all', [1, 2, 3]);
        expect(await beside(4, 'older', 9)).toEqual([3, 2, 1]);
        expect(await beside(2, 'newer', 2)).toEqual([3, 4]);
        expect(await beside(3, 'newer', 9)).toEqual([4, 5, 6]);
        expect(await store.neighbours('topics/none', '', 'older', 9)).toEqual([]);
      });

      it('counts visible articles newer than a position, archived or not', async () => {
        await publishArticles(store, 6, ['all', 'topics/a']);
        await store.archive('all', [1, 2, 3]);
        await store.setHidden([5], { by: 'desk' }, at(9));
        const newest = (await store.articles([2]))[0]!.publishedAt;
        expect(await store.countNewer(toDateKey(newest))).toEqual(
          new Map([
            ['all', 3],
            ['topics/a', 3],
          ]),
        );
        expect((await store.countNewer(toDateKey(new Date(0)))).get('all')).toBe(5);
      });

      it('lists hidden neighbours on request, but never withdrawn ones', async () => {
        await publishArticles(store, 4);
        await store.setHidden([2], { by: 'desk' }, at(9));
        await store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: 3, at: at(9), policy: 'remove' }] }));
        const listed = async (which: 'visible' | 'with-hidden') =>
          refsOf(await store.neighbours('all', '', 'older', 9, which));
        expect([await listed('visible'), await listed('with-hidden')]).toEqual([
          [4, 1],
          [4, 2, 1],
        ]);
      });

      it('lists no withdrawn article as a neighbour', async () => {
        await publishArticles(store, 3);
        await store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: 2, at: at(9), policy: 'remove' }] }));
        expect(await beside(3, 'older', 9)).toEqual([1]);
      });

      it('replaces the visible articles of one channel', async () => {
        await publishArticles(store, 6, ['all', 'channels/q']);
        await store.archive('channels/q', [1, 2]);
        await store.setHidden([3], { by: 'desk' }, at(9));
        await clearAllDirty(store);
        await store.replaceMembers('channels/q', [2, 4, 5, 6]);
        expect(await dirty()).toEqual(['channels/q!', 'channels/q/1!']);
        expect(await store.head('channels/q', 9)).toEqual([6, 5, 4, 2]);
        expect(await store.listPlaces(1)).toEqual([{ channel: 'all', spot: null }]);
        expect((await store.listPlaces(3)).map(({ channel }) => channel)).toEqual(['all', 'channels/q']);
        await clearAllDirty(store);
        await store.replaceMembers('channels/q', [2, 4, 5, 6]);
        expect(await dirty()).toEqual([]);
        await store.replaceMembers('channels/new', [3, 1]);
        expect(await dirty()).toEqual(['channels/new']);
        expect(await store.head('channels/new', 9)).toEqual([1]);
        await placeAgain(['all', 'channels/new'], 1);
        expect((await store.listPlaces(1)).map(({ channel }) => channel)).toEqual(['all', 'channels/new']);
      });

      it('lists every place of an article', async () => {
        await publishArticles(store, 3, ['topics/a', 'all']);
        await store.archive('all', [2]);
        expect(await store.listPlaces(2)).toEqual([
          { channel: 'all', spot: 0 },
          { channel: 'topics/a', spot: null },
        ]);
        expect(await store.listPlaces(9)).toEqual([]);
      });

      it('leaves a gap before the requested place', async () => {
        await publishArticles(store, 3);
        expect(await store.archive('all', [1], 2)).toBe(2);
        expect(await store.archive('all', [2], 1)).toBe(3);
        expect(await store.archived('all', 0, 3)).toEqual([1]);
        expect(await store.archived('all', 3, 9)).toEqual([2]);
        expect(await store.channels()).toMatchObject([{ members: 3, archived: 4 }]);
      });

      it('marks documents that grow, and the full one that gets a successor', async () => {
        await publishArticles(store, 130);
        await store.archive(
          'all',
          Array.from({ length: 90 }, (_, i) => i + 1),
        );
        await clearAllDirty(store);
        await store.archive(
          'all',
          Array.from({ length: 5 }, (_, i) => i + 91),
        );
        expect(await dirty()).toEqual(['all', 'all/1']);
        await clearAllDirty(store);
        await store.archive(
          'all',
          Array.from({ length: 10 }, (_, i) => i + 96),
        );
        expect(await dirty()).toEqual(['all', 'all/1!', 'all/2']);
        await clearAllDirty(store);
        const changed = { ...aText(3, { title: 'Corrected' }), ref: 3, updatedAt: at(300), topics: worldTag() };
        await store.saveFetch(aState(), someChanges({ changed: [changed] }));
        expect(await dirty()).toEqual(['all', 'all/1']);
      });

      it('keeps dates of channels, and deletes channels', async () => {
        await publishArticles(store, 2);
        await store.archive('all', [1]);
        await store.saveChannelDates([{ channel: 'all', updatedAt: at(2) }]);
        expect(await store.channels()).toEqual([{ channel: 'all', members: 2, archived: 1, updatedAt: at(2) }]);
        await store.dropChannels(['all']);
        expect(await store.channels()).toEqual([]);
        expect(await store.head('all', 9)).toEqual([]);
        expect(await store.archived('all', 0, 9)).toEqual([]);
        expect(await dirty()).toEqual([]);
        await placeAgain(['all'], 1);
        expect(await store.head('all', 9)).toEqual([1]);
        expect(await store.channels()).toMatchObject([{ members: 1, archived: 0, updatedAt: null }]);
      });

      it('accumulates dirty documents', async () => {
        await publishArticles(store, 2);
        await clearAllDirty(store);
        await placeAgain([], 1);
        const changed = { ...aText(2, { title: 'Corrected' }), ref: 2, updatedAt: at(5), topics: worldTag() };
        await store.saveFetch(aState(), someChanges({ changed: [changed] }));
        expect(await store.dirty()).toEqual([{ channel: 'all', archive: null, takedown: true }]);
        await store.clearDirty([{ channel: 'all', archive: null, takedown: false }]);
        expect(await store.dirty()).toEqual([]);
      });
    });

    describe('published files', () => {
      it('saves files and metadata', async () => {
        const files = ['b.rss', 'a.rss'].map((path) => ({ path, size: 3, inputs: null }));
        await store.savePublishedFiles(files, []);
        await store.savePublishedFiles([{ path: 'a.rss', size: 4, inputs: 'x' }], ['b.rss']);
        expect(await store.publishedFiles()).toEqual([{ path: 'a.rss', size: 4, inputs: 'x' }]);
      });

      it('distinguishes files inside and outside folders', async () => {
        const paths = [
          'all.rss',
          'archive-x.rss',
          'archive.rss',
          'archive/all/1.rss',
          'archive/x/2.rss',
          'archive0',
          'b',
        ];
        await store.savePublishedFiles(
          paths.map((path) => ({ path, size: 1, inputs: null })),
          [],
        );
        const asked = async (which: FileSelection) => (await store.publishedFiles(which)).map(({ path }) => path);
        expect(await asked({ outside: ['archive/'] })).toEqual([
          'all.rss',
          'archive-x.rss',
          'archive.rss',
          'archive0',
          'b',
        ]);
        await store.savePublishedFiles([{ path: 'images/ü.webp', size: 1, inputs: null }], []);
        expect(await asked({ outside: ['archive/', 'images/'] })).toEqual(
          await asked({ outside: ['archive/', 'images/', 'z/'] }),
        );
        const inside = 'archive/';
        expect(await asked({ inside, after: inside, limit: 9 })).toEqual(['archive/all/1.rss', 'archive/x/2.rss']);
        expect(await asked({ inside, after: inside, limit: 1 })).toEqual(['archive/all/1.rss']);
        expect(await asked({ inside, after: 'archive/all/1.rss', limit: 9 })).toEqual(['archive/x/2.rss']);
        expect(await asked({ paths: ['b', 'none', 'all.rss'] })).toHaveLength(2);
        expect(await store.countPublished()).toBe((await store.publishedFiles()).length);
        expect(await store.meta('note')).toBeNull();
        await store.saveMeta('note', 'yes');
        expect(await store.meta('note')).toBe('yes');
        await expect(store.readJson('note')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
        await store.saveMeta('note', '{"a":1}');
        expect(await store.readJson('note')).toEqual({ a: 1 });
        await store.saveMeta('note', null);
        expect(await store.readJson('note')).toBeNull();
        expect(await store.meta('note')).toBeNull();
      });
    });

    describe('the outbox', () => {
      const target = 'slack';
      const changes: OutboxChanges = { at: at(1), begun: [], ended: [], announced: [], rows: [] };
      const rows = async () =>
        (await store.announcements(['waiting', 'sending', 'sent', 'unknown'])).map(({ subject, state }) => [
          subject,
          state,
        ]);

      it('receives each row once, when documents are cleared', async () => {
        await publishArticles(store, 2, ['all']);
        const news: OutboxChanges = {
          ...changes,
          begun: [{ target, name: 'all' }],
          announced: [{ target, about: 'news', subject: '1' }],
          rows: [{ target, kind: 'article', subject: '1' }],
        };
        await store.clearDirty(await store.dirty(), news);
        await store.clearDirty([], news);
        expect(await store.dirty()).toEqual([]);
        expect(await rows()).toEqual([['1', 'waiting']]);
        expect(await store.outboxBegins()).toEqual([{ target, name: 'all', since: 3 }]);
        expect(await store.announcedSubjects(target, 'news', ['1', '2'])).toEqual(new Set(['1']));
        expect(await store.announcedSubjects(target, 'held', ['1'])).toEqual(new Set());
      });

      it('saves delivery states, and keeps the time of the first attempt', async () => {
        await store.clearDirty([], { ...changes, rows: [{ target, kind: 'story', subject: '7' }] });
        const n = (await store.announcements(['waiting']))[0]!.n;
        const is = { failures: 1, failingSince: 5, notBefore: 9, error: 'no', sentAt: null };
        const message = (minute: number) => ({ key: 'k', text: 'A title', at: at(minute) });
        await store.markAnnouncements([{ rows: [n], state: 'sending', message: message(1) }], { target, is });
        await store.markAnnouncements([{ rows: [n], state: 'sending', message: message(2) }], null);
        expect(await store.announcements(['sending'])).toMatchObject([
          { kind: 'story', triedAt: at(1), text: 'A title', message: 'k', refusals: 0 },
        ]);
        await store.markAnnouncements([{ rows: [n], state: 'waiting', refused: true }], null);
        await store.markAnnouncements([{ rows: [n], state: 'sending', message: message(3) }], null);
        expect(await store.announcements(['sending'])).toMatchObject([{ triedAt: at(3), refusals: 1 }]);
        expect(await store.targetStates()).toEqual(new Map([[target, is]]));
      });

      it('drops rows of a removed target, and renames start points with topics and sources', async () => {
        const begun = [
          { target, name: 'topics/sea' },
          { target: '*', name: 'paper' },
          { target: 'gone', name: 'all' },
        ];
        const waiting = [target, 'gone'].map((one) => ({ target: one, kind: 'article' as const, subject: '1' }));
        await store.clearDirty([], { ...changes, begun, rows: waiting });
        await store.clearDirty([], { ...changes, ended: [{ target: 'gone', name: 'all' }] });
        expect((await store.announcements(['waiting'])).map((row) => row.target)).toEqual([target]);
        await store.saveFetches([aState()]);
        await store.renameTopic('sea', 'ocean');
        await store.renameSource('paper', 'gazette');
        expect((await store.outboxBegins()).map(({ name }) => name).sort()).toEqual(['gazette', 'topics/ocean']);
      });

      it('deletes old rows without announcing old articles again', async () => {
        await publishArticles(store, 3, ['all']);
        const told = ['1', '2', '3'].map((subject) => ({ target, about: 'news' as const, subject }));
        await store.clearDirty([], { ...changes, at: at(0), begun: [{ target, name: 'all' }], announced: told });
        await store.prune(new Date(at(0).getTime() + 400 * DAY), 0);
        expect(await store.announcedSubjects(target, 'news', ['1', '2', '3'])).toEqual(new Set());
        expect((await store.outboxBegins()).every(({ since }) => since > 3)).toBe(true);
      });
    });

    it('keeps subscriptions', async () => {
      const one = {
        token: 't',
        feedId: 'paper',
        hub: 'https://hub.example/',
        topic: 'https://paper.example/feed',
        callback: 'https://news.example/websub/t',
        secret: 's',
        state: 'active' as const,
        askedAt: at(1),
        failures: 0,
        leaseUntil: at(2),
        pushedAt: null,
      };
      await store.saveSubscription({ ...one, state: 'asked', leaseUntil: null });
      await store.saveSubscription(one);
      expect(await store.subscriptions()).toEqual([one]);
      await store.forgetSubscription('t');
      expect(await store.subscriptions()).toEqual([]);
    });

    async function beside(ref: number, side: 'older' | 'newer', limit: number) {
      const [article] = await store.articles([ref]);
      return refsOf(await store.neighbours('all', toOrderKey(article!), side, limit));
    }
    /** Default: article 1. */
    async function placeAgain(channels: readonly string[], ref = 1): Promise<void> {
      const [article] = await store.articles([ref]);
      await store.place([{ ref, order: toOrderKey(article!), channels }]);
    }
  });
}

const worldTag = () => aNewArticle(1).topics;

/** `all`: the head; `all/2`: its second archive document; `!`: even if that is full. */
function dirtName({ channel, archive, takedown }: DirtyDocument): string {
  return `${channel}${archive === null ? '' : `/${archive}`}${takedown ? '!' : ''}`;
}
