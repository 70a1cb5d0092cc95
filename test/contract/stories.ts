/** Contract tests of stories for every store. `open` opens an empty one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoryMember } from '../../src/model/story.js';
import type { Store } from '../../src/ports/store/store.js';
import { aNewArticle, articleId, aState, at, clearAllDirty, someChanges } from '../support/stored-articles.js';
import { aMember, aStory, storyChanges } from '../support/stored-stories.js';

const sources = ['paper', 'gazette', 'herald'];
const sourceOf = (n: number) => sources[(n - 1) % sources.length]!;
const member = (n: number, given: Partial<StoryMember> = {}) => aMember(n, { sourceId: sourceOf(n), ...given });

export function storyContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store of stories`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.reserveRefs(6);
      for (const [at, sourceId] of sources.entries()) {
        const refs = [at + 1, at + 4];
        const added = refs.map((ref) => aNewArticle(ref, ref, { sourceId }));
        await store.saveFetch(aState({ sourceId }), someChanges({ added }));
      }
      const minted = [1, 2, 3, 4, 5, 6].map((ref) => ({ ref, id: articleId(ref) }));
      await store.mint(minted, []);
      await clearAllDirty(store);
    });
    afterEach(() => store.close());

    it('has no stories at first', async () => {
      expect(await store.clusteredUpTo()).toBe(0);
      expect(await store.countStories()).toEqual({ total: 0, multiSource: 0 });
      expect(await store.stories([1])).toEqual([]);
    });

    it('returns a story as saved, members by date', async () => {
      const story = aStory([member(1), member(2, { copyOf: 1, fullness: 5 }), member(4, { role: 'correction' })]);
      await store.saveStories(storyChanges({ stories: [story], clusteredUpTo: 4 }));
      expect(await store.stories([1, 9])).toEqual([story]);
      expect(await store.clusteredUpTo()).toBe(4);
      expect(await store.findStoryRefs([1, 2, 3])).toEqual(
        new Map([
          [1, 1],
          [2, 1],
        ]),
      );
    });

    it('counts the publications that report a story, without corrections and hidden articles', async () => {
      const story = aStory([member(1), member(2), member(4, { role: 'correction' }), member(3)]);
      await store.saveStories(storyChanges({ stories: [story, aStory([member(5)])], clusteredUpTo: 5 }));
      const named = (n: number, title: string) => ({
        ref: n,
        attribution: { publication: { title, url: null, feedUrl: null }, via: null, credited: null },
        authors: [],
      });
      await store.saveCredits([named(2, 'The Gazette'), named(3, 'THE GAZETTE')]);
      expect(await store.countPublications([1, 3, 5, 9])).toEqual(
        new Map([
          [1, 2],
          [3, 2],
        ]),
      );
      await store.setHidden([2, 3], { by: 'desk' }, at(9));
      expect(await store.countPublications([1])).toEqual(new Map([[1, 1]]));
    });

    it('counts a source once, whatever names its articles use', async () => {
      await store.saveStories(storyChanges({ stories: [aStory([member(1), member(2), member(5)])], clusteredUpTo: 5 }));
      const publication = { title: 'Another name', url: null, feedUrl: null };
      await store.saveCredits([{ ref: 5, attribution: { publication, via: null, credited: null }, authors: [] }]);
      expect(await store.countPublications([1])).toEqual(new Map([[1, 2]]));
    });

    it('lists articles without a story, the oldest first', async () => {
      expect(await store.unassigned(9)).toEqual([1, 2, 3, 4, 5, 6]);
      await store.place([1, 2, 3, 4, 5, 6].map((ref) => ({ ref, order: `${ref}`, channels: [] })));
      await store.saveStories(storyChanges({ stories: [aStory([member(2), member(4)])], clusteredUpTo: 2 }));
      expect(await store.unassigned(9)).toEqual([3, 5, 6]);
      expect(await store.unassigned(2)).toEqual([3, 5]);
    });

    it('omits hidden articles, and lists those shown again', async () => {
      const hide = (refs: number[]) => store.setHidden(refs, { by: 'rule', rule: 'drop title: ferry' }, new Date(0));
      await hide([2, 4]);
      expect(await store.unassigned(9)).toEqual([1, 3, 5, 6]);
      await store.saveStories(storyChanges({ stories: [aStory([member(1)])], clusteredUpTo: 5 }));
      await store.place([1, 2, 3, 4, 5, 6].map((ref) => ({ ref, order: `${ref}`, channels: [] })));
      await store.unsetHidden([4], 'rule');
      expect(await store.unassigned(9)).toEqual([4, 6]);
    });

    it('finds the newest open stories by term, with the weight of the term', async () => {
      await store.saveStories(
        storyChanges({ stories: [aStory([member(1)]), aStory([member(2)]), aStory([member(3)])] }),
      );
      const hits = await store.findStoriesByTerm([2, 8, -5], 2);
      expect(hits.map(({ term, story }) => [term, story])).toEqual([
        [2, 3],
        [2, 2],
      ]);
      expect(hits[0]!.weight).toBeCloseTo(0.75, 6);
    });

    it('finds stories by their beginning, regardless of insertion order, with ties', async () => {
      const began = (ref: number, hour: number) => aStory([member(ref)], { firstAt: at(hour).getTime() });
      const found = async (most: number) => (await store.findStoriesByTerm([1], most)).map(({ story }) => story);
      await store.saveStories(storyChanges({ stories: [began(1, 9), began(2, 3), began(3, 7), began(4, 7)] }));
      expect(await found(1)).toEqual([1]);
      expect((await found(2)).sort()).toEqual([1, 3, 4]);
      await store.saveStories(storyChanges({ stories: [began(1, 2)] }));
      expect((await found(2)).sort()).toEqual([3, 4]);
      expect((await found(9)).slice(2)).toEqual([2, 1]);
      await store.saveStories(storyChanges({ merged: [{ ref: 1, into: 2 }] }));
      expect((await found(9)).slice(2)).toEqual([2]);
    });

    it('follows a story whose keys change', async () => {
      await store.saveStories(storyChanges({ stories: [aStory([member(1)])] }));
      const grown = aStory([member(1), member(2)], { keys: Int32Array.of(-5, 2) });
      await store.saveStories(storyChanges({ stories: [grown] }));
      expect((await store.findStoriesByTerm([1, 2, -5], 9)).map(({ term }) => term)).toEqual([2, -5]);
    });

    it('does not find a closed story by its terms, but keeps it without vectors', async () => {
      const stories = [aStory([member(1)]), aStory([member(3)])];
      await store.saveStories(storyChanges({ stories, closedBefore: at(2).getTime() }));
      expect((await store.findStoriesByTerm([1], 9)).map(({ story }) => story)).toEqual([3]);
      const closed = { ...stories[0]!, members: [member(1, { vector: null })] };
      expect(await store.stories([1])).toEqual([closed]);
    });

    it('finds a story reopened by a late article', async () => {
      await store.saveStories(storyChanges({ stories: [aStory([member(1)])], closedBefore: at(2).getTime() }));
      await store.saveStories(storyChanges({ stories: [aStory([member(1), member(2)])] }));
      expect((await store.findStoriesByTerm([1, 2], 9)).map(({ term }) => term)).toEqual([1, 2]);
    });

    it('maps members of a merged story to its target, also after a second merge', async () => {
      const [a, b, c] = [aStory([member(1)]), aStory([member(2)]), aStory([member(3)])];
      await store.saveStories(storyChanges({ stories: [a, b, c] }));
      const bc = aStory([member(2), member(3)]);
      await store.saveStories(storyChanges({ stories: [bc], merged: [{ ref: 3, into: 2 }] }));
      const abc = aStory([member(1), member(2), member(3)]);
      await store.saveStories(storyChanges({ stories: [abc], merged: [{ ref: 2, into: 1 }] }));
      expect(await store.stories([1, 2, 3])).toEqual([abc]);
      expect(await store.findStoryRefs([3])).toEqual(new Map([[3, 1]]));
      expect((await store.findStoriesByTerm([1], 9)).map(({ story }) => story)).toEqual([1]);
      expect(await store.countStories()).toEqual({ total: 1, multiSource: 1 });
    });

    it('returns the ids used by stories', async () => {
      await store.saveStories(storyChanges({ stories: [aStory([member(1)])] }));
      expect(await store.storyIds(['story-1', 'story-2'])).toEqual(new Set(['story-1']));
    });

    it('lists stories of two sources, the most recently begun first', async () => {
      const early = aStory([member(1), member(5)]);
      const late = aStory([member(2), member(3)]);
      const corrected = aStory([member(4), member(6, { role: 'correction' })]);
      await store.saveStories(storyChanges({ stories: [early, late, corrected] }));
      const told = await store.multiSourceStories(9);
      expect(told.map(({ id, members }) => [id, members.length])).toEqual([
        ['story-2', 2],
        ['story-1', 2],
      ]);
      expect((await store.multiSourceStories(1)).map(({ id }) => id)).toEqual(['story-2']);
      expect(await store.countStories()).toEqual({ total: 3, multiSource: 2 });
    });

    it('marks the stories feed dirty if a story has two sources', async () => {
      await store.saveStories(storyChanges({ stories: [aStory([member(1)]), aStory([member(2), member(5)])] }));
      expect(await store.dirty()).toEqual([]);
      await store.saveStories(storyChanges({ stories: [aStory([member(1), member(3)])] }));
      expect(await store.dirty()).toEqual([
        { channel: 'stories', archive: null, takedown: false },
        { channel: 'stories/1', archive: null, takedown: false },
      ]);
    });

    it('deletes the texts of messages about a story when an article of it is taken down', async () => {
      await store.saveStories(
        storyChanges({ stories: [aStory([member(1), member(2)]), aStory([member(3), member(5)])] }),
      );
      const rows = [
        { target: 'slack', kind: 'story', subject: '1' },
        { target: 'slack', kind: 'article', subject: '1' },
        { target: 'slack', kind: 'story', subject: '3' },
      ] as const;
      await store.clearDirty([], { at: at(1), begun: [], ended: [], announced: [], rows });
      const message = { key: 'k', text: 'Headline', at: at(1) };
      const waiting = (await store.announcements(['waiting'])).map(({ n }) => n);
      await store.markAnnouncements([{ rows: waiting, state: 'sending', message }], null);
      await store.setHidden([2], { by: 'takedown' }, at(30));
      const texts = (await store.announcements(['sending'])).map(({ text }) => text);
      expect(texts).toEqual([null, 'Headline', 'Headline']);
    });

    it('returns groups of near-duplicates', async () => {
      const story = aStory([member(1), member(2, { copyOf: 1 }), member(3, { copyOf: 1 }), member(4)]);
      await store.saveStories(storyChanges({ stories: [story] }));
      const group = { canonical: 1, folded: [2, 3] };
      expect(await store.findCopyGroups([1, 3, 4, 9])).toEqual(
        new Map([
          [1, group],
          [3, group],
        ]),
      );
    });

    it('keeps term counts by scope', async () => {
      await store.saveStories(storyChanges({ terms: [['language en', Uint8Array.of(1, 2, 255)]] }));
      await store.saveStories(storyChanges({ terms: [['language en', Uint8Array.of(3)]] }));
      const [row, ...others] = await store.storyTerms(['language en', 'source paper']);
      expect(others).toEqual([]);
      expect([row![0], [...row![1]]]).toEqual(['language en', [3]]);
    });
  });
}
