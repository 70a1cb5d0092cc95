/** Stories as they were published: clustered anew, and then held against what the edition says of them. */
import { leadOf } from '../../cluster/lead.js';
import { OpenStories } from '../../cluster/open-stories.js';
import { storyIdOf } from '../../cluster/story-id.js';
import { SiteTerms, scopesOf } from '../../cluster/terms/site-terms.js';
import type { Vector } from '../../cluster/terms/vector.js';
import type { ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { findStories, toRecord, toUnassigned, type Unassigned } from '../organize/find-stories.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition } from './collect.js';
import { restoreCopies } from './copies.js';
import { type PublishedStory, publishedStories } from './told-stories.js';

export interface StoryContext {
  readonly store: Store;
  readonly siteHost: string;
  readonly feedsUrl: string;
  /** Entries of a head. */
  readonly items: number;
  readonly prefer: readonly SourceId[];
}

/** Returns how many stories have the ids under which they are published. */
export async function restoreStories(
  edition: PublishedEdition,
  articles: readonly RestoredArticle[],
  context: StoryContext,
): Promise<number> {
  const { store, siteHost } = context;
  await findStories(store, { siteHost });
  if (edition.stories === null) return 0;
  const told = publishedStories(edition.stories, articles, context.feedsUrl);
  const others = await untold(told, edition.stories, context);
  const touched = await touchedStories(told, others, store);
  const groups = regroup(touched, told);
  const right = new Set(groups.filter(stands).map(({ from }) => from));
  const gone = touched.filter((record) => !right.has(record));
  if (gone.length > 0)
    await rebuild(
      gone,
      groups.filter((group) => !stands(group)),
      context,
    );
  await restoreCopies(articles, store);
  await settleLeads(told, context);
  return told.length;
}

/** Stories that a reader would see now and that were not published: their tellers were not taken for one event. */
async function untold(
  told: readonly PublishedStory[],
  published: NonNullable<PublishedEdition['stories']>,
  { store, items }: StoryContext,
): Promise<StoryRef[]> {
  const known = new Set(told.flatMap(({ members }) => members));
  const full = published.length >= items;
  const oldest = Math.min(...published.map(({ publishedAt }) => publishedAt.getTime()));
  const now = await store.multiSourceStories(full ? 4 * items : Number.MAX_SAFE_INTEGER);
  return now
    .filter(({ members }) => !members.some(({ article }) => known.has(article)))
    .filter(({ firstAt }) => !full || firstAt >= oldest)
    .map(({ ref }) => ref);
}

async function touchedStories(
  told: readonly PublishedStory[],
  others: readonly StoryRef[],
  store: Store,
): Promise<readonly StoryRecord[]> {
  const seats = await store.storiesOf(told.flatMap(({ members }) => members));
  return store.stories([...new Set([...seats.values(), ...others])]);
}

interface Group {
  readonly id: string;
  /** The story that clustering made of most of it. */
  readonly from: StoryRecord;
  readonly members: readonly StoryMember[];
}

/** Those that were told together stay together; corrections stay with their story; everybody else stands alone. */
function regroup(touched: readonly StoryRecord[], told: readonly PublishedStory[]): Group[] {
  const storyOf = new Map(told.flatMap((story) => story.members.map((ref) => [ref, story] as const)));
  const groups = new Map<string, { id: string; from: StoryRecord; members: StoryMember[] }>();
  for (const record of touched) {
    const main = mainStory(record, storyOf);
    for (const member of record.members) {
      const stays = member.role === 'correction' || main?.cutShort === true || main === null;
      const story = storyOf.get(member.article) ?? (stays ? main : null);
      const key = story === null ? `alone ${member.article}` : story.id;
      const group = groups.get(key) ?? { id: story?.id ?? '', from: record, members: [] };
      group.members.push(
        member.role === 'correction' && storyOf.has(member.article) ? { ...member, role: 'member' } : member,
      );
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The told story that most of its members tell; null: none does. */
function mainStory(record: StoryRecord, storyOf: ReadonlyMap<ArticleRef, PublishedStory>): PublishedStory | null {
  const counts = new Map<PublishedStory, number>();
  for (const { article } of record.members) {
    const story = storyOf.get(article);
    if (story !== undefined) counts.set(story, (counts.get(story) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Whether clustering came to the same as the edition. */
function stands({ from, id, members }: Group): boolean {
  return id === from.id && members.length === from.members.length && members.every((one, i) => from.members[i] === one);
}

/** Made anew from the texts of their members, in place of the stories that clustering made of them. */
async function rebuild(
  gone: readonly StoryRecord[],
  groups: readonly Group[],
  { store, siteHost }: StoryContext,
): Promise<void> {
  const live = new OpenStories();
  const texts = await readTexts(groups, store);
  const weigh = SiteTerms.from(await store.storyTerms(scopesOf([...texts.values()]))).weigher();
  for (const group of groups) layStory(group, live, texts, weigh, siteHost);
  const heirs = new Map(live.all.flatMap((story) => story.members.map(({ article }) => [article, story.ref] as const)));
  const named = new Map(live.all.map(({ id, ref }) => [id, ref]));
  await store.saveStories({
    stories: live.all.map(toRecord),
    merged: gone.map(({ ref, id }) => ({ ref, into: named.get(id) ?? heirs.get(ref) ?? ref })),
    terms: [],
    clusteredUpTo: 0,
    closedBefore: Number.NEGATIVE_INFINITY,
  });
}

async function readTexts(groups: readonly Group[], store: Store): Promise<Map<ArticleRef, Unassigned>> {
  const refs = groups.flatMap(({ members }) => members.map(({ article }) => article));
  return new Map((await store.articles(refs)).map((article) => [article.ref, toUnassigned(article)]));
}

function layStory(
  { id, from, members }: Group,
  live: OpenStories,
  texts: ReadonlyMap<ArticleRef, Unassigned>,
  weigh: (article: Unassigned) => Vector,
  siteHost: string,
): void {
  const [first, ...others] = [...members].sort(tellersFirst);
  if (first === undefined) return;
  const text = texts.get(first.article)!;
  const { language, daily, terms } = text.reading;
  const named = id || storyIdOf(first.id, siteHost, text.firstSeenAt);
  const ref = members.some(({ article }) => article === from.ref) ? from.ref : first.article;
  const story = live.begin({ ref, id: named, language, daily, textLength: terms.length }, first, weigh(text));
  for (const member of others) {
    story.members.push(member);
    if (member.role === 'correction') continue;
    const told = texts.get(member.article)!;
    story.size += 1;
    story.lastAt = Math.max(story.lastAt, member.publishedAt);
    story.textLength += told.reading.terms.length;
    live.grow(story, weigh(told));
  }
}

/** Corrections tell nothing; of the others the oldest begins. */
function tellersFirst(a: StoryMember, b: StoryMember): number {
  if (a.role !== b.role) return a.role === 'member' ? -1 : 1;
  return a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1);
}

/** What tells more leads; where the edition had another lead, it knew more of its text than it was allowed to publish. */
async function settleLeads(told: readonly PublishedStory[], { store, prefer }: StoryContext): Promise<void> {
  const seats = await store.storiesOf(told.map(({ lead }) => lead));
  const leads = new Set(told.map(({ lead }) => lead));
  const records = await store.stories([...new Set(seats.values())]);
  const changed = records.filter(({ members }) => !leads.has(leadOf(members, prefer).article));
  if (changed.length === 0) return;
  await store.saveStories({
    stories: changed.map((record) => ({ ...record, members: record.members.map((one) => fuller(one, record, leads)) })),
    merged: [],
    terms: [],
    clusteredUpTo: 0,
    closedBefore: Number.NEGATIVE_INFINITY,
  });
}

function fuller(member: StoryMember, { members }: StoryRecord, leads: ReadonlySet<ArticleRef>): StoryMember {
  if (!leads.has(member.article)) return member;
  return { ...member, fullness: 1 + Math.max(...members.map(({ fullness }) => fullness)) };
}
