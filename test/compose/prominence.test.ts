import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareProminence, type RankedStory, rankStory, topStories } from '../../src/compose/prominence.js';
import { composeStoryView, type StoryArticle } from '../../src/compose/story-view.js';
import type { EntryTopic } from '../../src/model/channel.js';
import { anEntry } from '../support/channel.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const topic = (id: string): EntryTopic => ({ id, label: id, scheme: 'https://x.example/', term: id });

interface Told {
  readonly by: string;
  /** Hours after noon. */
  readonly at?: number;
  readonly copyOf?: number;
  readonly isOwn?: true;
  readonly source?: string;
  readonly language?: string;
  readonly title?: string;
}

/** `number`: different for each story. */
function aStory(
  number: number,
  told: readonly Told[],
  topics: readonly string[] = [`topic-${number}`],
  prefer: readonly string[] = [],
): RankedStory {
  // biome-ignore format: one head
  const articles = told.map(({ by, at = 0, copyOf, isOwn, source = by, language = 'en', title = `Headline ${number}` }, i): StoryArticle => {
    const publishedAt = new Date(NOON + at * HOUR);
    const about = { publishedAt, language, title, topics: topics.map(topic), publication: { title: by, url: null, feedUrl: null } };
    const entry = { ...anEntry({ id: `${number}-${i}`, ...about }), ...(isOwn && { isOwn }) };
    return { ref: number * 100 + i, sourceId: source, entry, copyOf: copyOf === undefined ? null : number * 100 + copyOf };
  });
  const story = composeStoryView({ ref: number, id: `story-${number}`, lead: number * 100 }, articles);
  return rankStory(story!, new Set(prefer));
}

const papers = (...names: string[]) => names.map((by) => ({ by }));
const refs = (stories: readonly RankedStory[]) => stories.map(({ ref }) => ref);
const ranked = (...stories: RankedStory[]) => refs(stories.sort(compareProminence));

describe('a publication has', () => {
  it.each([
    ['one vote, however much it reports', [{ by: 'a' }, { by: 'A' }, { by: 'b' }], 2],
    ['one vote with the others of its source', [{ by: 'a' }, { by: 'c', source: 'a' }, { by: 'b' }], 2],
    ['a quarter for the text of another', [{ by: 'a' }, { by: 'b', copyOf: 0 }, { by: 'c' }], 2.25],
    ['a whole one for a text of its own beside a copy', [{ by: 'a' }, { by: 'b', copyOf: 0 }, { by: 'b' }], 2],
    ['a whole one for a post of the section', [{ by: 'a' }, { by: 'us', copyOf: 0, isOwn: true as const }], 2],
  ])('%s', (_, told, votes) => {
    expect(aStory(1, told).votes).toBe(votes);
  });

  it('a quarter more if it is preferred', () => {
    expect(aStory(1, papers('a', 'b'), [], ['b']).votes).toBe(2.25);
  });
});

describe('a story', () => {
  it('was joined by its last new publication, whatever others add later', () => {
    expect(aStory(1, [{ by: 'a' }, { by: 'b', at: 2 }, { by: 'a', at: 9 }]).joinedAt).toBe(NOON + 2 * HOUR);
  });

  it('loses half of its weight in eight hours', () => {
    const old = aStory(1, papers('a', 'b', 'c', 'd'));
    const fresh = (at: number) => aStory(2, [{ by: 'a', at }, { by: 'b', at }]); // biome-ignore format: one story
    expect(ranked(old, fresh(7))).toEqual([1, 2]);
    expect(ranked(old, fresh(9))).toEqual([2, 1]);
  });

  it('is not made new by a late report', () => {
    const old = aStory(1, [...papers('a', 'b', 'c', 'd', 'e', 'f'), { by: 'g', at: 48 }]);
    const fresh = aStory(2, [{ by: 'a', at: 46 }, { by: 'b', at: 47 }]); // biome-ignore format: one story
    expect(ranked(old, fresh)).toEqual([2, 1]);
  });

  it('precedes younger stories of equal weight, then by id', () => {
    const late = aStory(1, papers('a', 'b'));
    const copies = [{ by: 'c', copyOf: 1 }, { by: 'd', copyOf: 1 }, { by: 'e', copyOf: 1 }]; // biome-ignore format: one list
    const early = aStory(2, [{ by: 'a', at: -16 }, { by: 'b' }, ...copies]);
    expect(ranked(late, early)).toEqual([2, 1]);
    expect(ranked(aStory(4, papers('a', 'b')), aStory(3, papers('a', 'b')))).toEqual([3, 4]);
  });
});

describe('the top', () => {
  const top = (stories: readonly RankedStory[], newest = NOON) => refs(topStories(stories, newest, []));
  const many = (count: number, about: (i: number) => readonly Told[] = (i) => papers(`a${i}`, `b${i}`)) => {
    return Array.from({ length: count }, (_, i) => aStory(i + 1, about(i)));
  };

  it('has at most eight stories, with two votes or more, of the last two days', () => {
    expect(top(many(12))).toHaveLength(8);
    expect(top([aStory(1, [{ by: 'a' }, { by: 'b', copyOf: 0 }])])).toEqual([]);
    expect(top(many(1), NOON + 48 * HOUR)).toEqual([1]);
    expect(top(many(1), NOON + 49 * HOUR)).toEqual([]);
  });

  it('is never led by a report in another language than its lead', () => {
    const told = (...languages: string[]) => languages.map((language) => ({ by: language, language }));
    const others = [1, 2].map((number) => aStory(number, [{ by: 'a' }, ...told('en', 'fr')]));
    const british = aStory(3, [{ by: 'a' }, ...told('de', 'en-GB')]);
    const alone = aStory(4, [{ by: 'a' }, ...told('de', 'uk')]);
    const leads = topStories([...others, british, alone], NOON, []).map(({ lead }) => lead.sourceId);
    expect(leads).toEqual(['a', 'a', 'en-GB', 'a']);
  });

  it('has at most two leads of one publication: other reports lead further stories', () => {
    const stories = many(4, (i) => [{ by: 'a' }, { by: `b${i}` }]);
    const leads = topStories(stories, NOON, []).map(({ ref, lead }) => `${ref} ${lead.sourceId}`);
    expect(leads).toEqual(['1 a', '2 a', '3 b2', '4 b3']);
  });

  it('keeps a story whose publications all lead two', () => {
    const stories = many(5, () => papers('a', 'b'));
    expect(topStories(stories, NOON, []).map(({ lead }) => lead.sourceId)).toEqual(['a', 'a', 'b', 'b', 'a']);
  });

  it('has at most two stories of one first topic', () => {
    const stories = [1, 2, 3, 4].map((n) => aStory(n, papers(`a${n}`, `b${n}`), ['war', `t${n}`]));
    expect(top([...stories, aStory(5, papers('x', 'y')), aStory(6, papers('v', 'w'))])).toEqual([1, 2, 5, 6]);
  });

  it('shows an event once, though its reports became two stories', () => {
    const told = (...titles: string[]) => titles.map((title, i) => ({ by: `${title} ${i}`, title }));
    const landfall = aStory(1, told('Cyclone Ansa hits the Tarn Islands', 'Storm kills nine', 'Tarn prepares'));
    const after = aStory(2, told('Tarn Islands ask for help after Cyclone Ansa', 'Homes are destroyed'));
    const votes = aStory(3, told('Tarn Islands choose a parliament', 'Voters of the Tarn Islands decide'));
    const german = aStory(
      4,
      [...told('Storm kills nine'), ...papers('x')].map((one) => ({ ...one, language: 'de' })),
    );
    expect(top([landfall, after, votes, german])).toEqual([1, 3, 4]);
    const quakes = ['Chile', 'Japan'].flatMap((place, i) => [
      aStory(10 + i, told(`Magnitude 6 earthquake hits ${place}`, `People of ${place} flee`)),
      aStory(20 + i, told(`Strong Quake Shakes Coast of ${place}`, `Shaking in ${place}`)),
    ]);
    expect(top(quakes)).toEqual([10, 11, 20, 21]);
    expect(refs(topStories([after, votes], NOON, [{ entry: landfall.lead.entry, story: landfall }]))).toEqual([3]);
  });

  it('has three stories even if all have one topic', () => {
    expect(top([1, 2, 3, 4].map((n) => aStory(n, papers(`a${n}`, `b${n}`), ['war'])))).toEqual([1, 2, 3]);
  });

  it('has fewer stories if some are pinned, and none twice', () => {
    const [first, ...others] = many(9);
    const chosen = topStories([first!, ...others], NOON, [{ entry: first!.lead.entry, story: first! }]);
    expect(refs(chosen)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  it('is independent of the order of stories and of later news in other stories', () => {
    const told = fc.array(fc.record({ by: fc.constantFrom(...'abcdefgh'), at: fc.integer({ min: -40, max: 0 }) }), { minLength: 2, maxLength: 8 }); // biome-ignore format: one list
    const some = fc.array(told, { minLength: 1, maxLength: 14 }).map((all) => all.flatMap((one, i) => (new Set(one.map(({ by }) => by)).size > 1 ? aStory(i + 1, one, [`t${i % 3}`]) : []))); // biome-ignore format: one map
    fc.assert(
      fc.property(
        some.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          // biome-ignore format: one head
          expect(top(shuffled)).toEqual(top(all));
          expect(refs([...all].sort(compareProminence))).toEqual(refs([...shuffled].sort(compareProminence)));
        },
      ),
    );
  });
});
