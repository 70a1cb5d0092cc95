/** Stories in memory, found by walking through them. */
import type { ArticleRef } from '../../model/article.js';
import { STORIES } from '../../model/channel.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';
import type { StoryChanges, StoryStore, TermHit } from '../../ports/store/stories.js';
import type { Sync } from '../promised.js';
import { tellersOf, termWeight } from '../story-facts.js';
import { keptArticles, minted } from './articles.js';
import { dirtying, type World } from './world.js';

/** What the store in memory holds of stories. */
export interface StoryWorld {
  readonly records: Map<StoryRef, StoryRecord>;
  readonly closed: Set<StoryRef>;
  readonly aliases: Map<string, StoryRef>;
  /** Term → its weight in each open story that has it among its keys. */
  readonly found: Map<number, Map<StoryRef, number>>;
  readonly seats: Map<ArticleRef, StoryRef>;
  readonly counts: Map<string, Uint8Array>;
  seatedTo: ArticleRef;
}

export function emptyStories(): StoryWorld {
  return {
    records: new Map(),
    closed: new Set(),
    aliases: new Map(),
    found: new Map(),
    seats: new Map(),
    counts: new Map(),
    seatedTo: 0,
  };
}

export function storyMethods(world: World): Sync<StoryStore> {
  const { stories } = world;
  const told = () => [...stories.records.values()].filter(({ members }) => tellersOf(members) > 1);
  const members = () => [...stories.records.values()].flatMap((record) => record.members);
  return {
    clusteredUpTo: () => stories.seatedTo,
    unassigned: (limit) =>
      keptArticles(world)
        .filter(({ ref }) => ref > stories.seatedTo && !stories.seats.has(ref))
        .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(({ ref }) => ref),
    articleTexts: (refs) => keptArticles(world).filter(({ ref }) => refs.includes(ref)),
    storyTerms: (scopes) =>
      scopes.flatMap((scope) => {
        const counts = stories.counts.get(scope);
        return counts === undefined ? [] : [[scope, counts] as const];
      }),
    storiesByTerm: (terms, perTerm) => terms.flatMap((term) => newestHits(stories, term, perTerm)),
    stories: (refs) => refs.flatMap((ref) => stories.records.get(ref) ?? []),
    saveStories: (changes) => save(world, changes),
    findStory: (id) => {
      const aliased = stories.records.get(stories.aliases.get(id) ?? -1);
      return aliased ?? [...stories.records.values()].find((record) => record.id === id) ?? null;
    },
    storiesOf: (articles) =>
      new Map(
        articles.flatMap((article) => {
          const story = stories.seats.get(article);
          return story === undefined ? [] : [[article, story] as const];
        }),
      ),
    multiSourceStories: (limit) =>
      told()
        .sort((a, b) => b.firstAt - a.firstAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map((record) => ({ ...record, ...nothing })),
    countStories: () => ({ total: stories.records.size, multiSource: told().length }),
    publishedBetween: (from, to, limit) =>
      [...world.records.values()]
        .filter((record) => !record.pruned && record.pending === null)
        .map(minted)
        .filter(({ publishedAt }) => publishedAt >= from && publishedAt < to)
        .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    copiesOf: (articles) => {
      const copies = members().filter(({ copyOf }) => copyOf !== null);
      return new Map(
        articles.flatMap((article) => {
          const canonical = copies.find((copy) => copy.article === article)?.copyOf ?? article;
          const folded = copies.filter((copy) => copy.copyOf === canonical).map((copy) => copy.article);
          return folded.length === 0 ? [] : [[article, { canonical, folded: folded.sort((a, b) => a - b) }] as const];
        }),
      );
    },
  };
}

const nothing = { terms: new Int32Array(0), weights: new Float32Array(0), keys: new Int32Array(0) };

function newestHits({ found }: StoryWorld, term: number, perTerm: number): TermHit[] {
  return [...(found.get(term) ?? [])]
    .map(([story, weight]) => ({ term, story, weight }))
    .sort((a, b) => b.story - a.story)
    .slice(0, perTerm);
}

function save(world: World, changes: StoryChanges): void {
  const { stories } = world;
  for (const { ref, into } of changes.merged) mergeInto(stories, ref, into);
  const seen = changes.stories.map((story) => put(stories, story));
  for (const [scope, counts] of changes.terms) stories.counts.set(scope, counts);
  for (const record of stories.records.values()) {
    if (record.lastAt >= changes.closedBefore || stories.closed.has(record.ref)) continue;
    forgetTerms(stories, record);
    stories.closed.add(record.ref);
  }
  stories.seatedTo = Math.max(stories.seatedTo, changes.clusteredUpTo);
  if (seen.includes(true)) dirtying(world, (dirt) => dirt.add({ channel: STORIES, archive: null, takedown: false }));
}

/** Whether a reader of `stories` may see the change. */
function put(stories: StoryWorld, story: StoryRecord): boolean {
  const before = stories.records.get(story.ref);
  stories.records.set(story.ref, story);
  stories.closed.delete(story.ref);
  for (const { article } of story.members) stories.seats.set(article, story.ref);
  for (const term of before?.keys ?? []) if (!story.keys.includes(term)) stories.found.get(term)?.delete(story.ref);
  for (const term of story.keys) {
    const hits = stories.found.get(term) ?? new Map<StoryRef, number>();
    stories.found.set(term, hits);
    if (!hits.has(story.ref)) hits.set(story.ref, termWeight(story, term));
  }
  return Math.max(tellersOf(story.members), tellersOf(before?.members ?? [])) > 1;
}

function mergeInto(stories: StoryWorld, ref: StoryRef, into: StoryRef): void {
  const gone = stories.records.get(ref);
  if (gone === undefined) return;
  forgetTerms(stories, gone);
  for (const [id, story] of stories.aliases) if (story === ref) stories.aliases.set(id, into);
  stories.aliases.set(gone.id, into);
  stories.records.delete(ref);
  stories.closed.delete(ref);
}

function forgetTerms({ found }: StoryWorld, { ref, keys }: StoryRecord): void {
  for (const term of keys) found.get(term)?.delete(ref);
}
