/** Restores published stories. Clusters articles that no published story lists, as in a normal run. */
import {
  assignStories,
  type ClusterInput,
  type ClusterRules,
  clusterInputs,
  makeStory,
} from '../../cluster/cluster.js';
import { compareAge, FULL, type LeadRules, selectLead } from '../../cluster/lead.js';
import { joinStories, OpenStories, type OpenStory } from '../../cluster/open-stories.js';
import { SiteTerms } from '../../cluster/terms/site-terms.js';
import { overlap } from '../../cluster/text/minhash.js';
import type { ArticleRef } from '../../model/article.js';
import type { StoryMember, StoryRecord } from '../../model/story.js';
import type { StoryAlias, StoryChanges } from '../../ports/store/stories.js';
import { toSlug } from '../../text/slug.js';
import { toUnassigned } from '../organize/articles-to-cluster.js';
import { clusterRules, computeClosingTime, toRecord } from '../organize/find-stories.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition } from './published-edition.js';
import { collectPublishedStories, type PublishedStory } from './published-stories.js';

export interface StoryContext {
  readonly siteHost: string;
  /** Maximum entries of a head. */
  readonly items: number;
  readonly leads: LeadRules;
}

/** `published`: number of stories with their published ids. */
export function rebuildStories(
  edition: Pick<PublishedEdition, 'stories' | 'storyFeeds'> & { readonly forwards?: ReadonlyMap<string, string> },
  articles: readonly RestoredArticle[],
  context: StoryContext,
): { readonly changes: StoryChanges; readonly published: number } {
  const terms = new SiteTerms();
  const texts = articles.map(({ id, article }) => toUnassigned({ ...article, id })).sort(compareAge);
  terms.count(texts);
  const inputs = clusterInputs(texts, terms.createWeigher());
  const { stories: published, aliases } = collectPublishedStories(edition, articles, context.items);
  const found = buildStories(inputs, published, edition.stories !== null, clusterRules(context));
  const ids = new Set(published.map(({ id }) => id));
  const hidden = new Set(articles.flatMap(({ channels, article }) => (channels.includes('all') ? [] : [article.ref])));
  const stories = found.map(({ record: made, as }) => {
    if (as !== null) return setLead(setCopies({ ...made, id: as.id }, as.copies), as.lead, context.leads);
    const record = foldCopies(made, hidden);
    // A published story that does not list the article has the id already.
    return ids.has(record.id) ? { ...record, id: `${record.id}-2` } : record;
  });
  return {
    published: published.length,
    changes: {
      stories,
      merged: [],
      terms: terms.entries(),
      clusteredUpTo: articles.at(-1)?.article.ref ?? 0,
      closedBefore: computeClosingTime(inputs),
      aliases: rebuildAliases(aliases, edition.forwards ?? new Map(), stories, articles),
    },
  };
}

interface FoundStory {
  readonly record: StoryRecord;
  /** null: not published. */
  readonly as: PublishedStory | null;
}

/** Clusters as in a run, but follows the edition if it differs. `areAllPublished`: every story with several sources is published. */
function buildStories(
  inputs: readonly ClusterInput[],
  published: readonly PublishedStory[],
  areAllPublished: boolean,
  rules: ClusterRules,
): FoundStory[] {
  const inputsByRef = new Map(inputs.map((article) => [article.ref, article]));
  const listedIn = new Map(published.flatMap((story) => story.members.map((ref) => [ref, story] as const)));
  const members = new Map<PublishedStory, StoryMember[]>(published.map((story) => [story, []]));
  const clustered = new OpenStories();
  assignStories(inputs, clustered, rules);
  const stories: FoundStory[] = [];
  const made = new OpenStories();
  for (const story of clustered.all.filter(({ mergedInto }) => mergedInto === null)) {
    const main = findBestListing(story, listedIn);
    // A story with several sources would be published, so these articles did not belong together.
    const isWrong = main === null && areAllPublished && hasSeveralSources(story);
    if (main === null && !isWrong) stories.push({ record: toRecord([story]), as: null });
    else {
      for (const member of story.members) {
        const as = listedIn.get(member.article) ?? (main !== null && mayBeUnlisted(member, main) ? main : null);
        if (as !== null) members.get(as)!.push(listedIn.has(member.article) ? { ...member, role: 'member' } : member);
        else stories.push({ record: toRecord([makeStory([inputsByRef.get(member.article)!], made, rules)]), as });
      }
    }
  }
  for (const [as, all] of members) {
    const listed = all.filter(({ role }) => role === 'member').map(({ article }) => inputsByRef.get(article)!);
    stories.push({ record: { ...toRecord(makeParts(listed, made, rules)), members: all }, as });
  }
  return stories;
}

/** The articles of each language are compared on their own. */
function makeParts(articles: readonly ClusterInput[], made: OpenStories, rules: ClusterRules): OpenStory[] {
  const languages = [...new Set(articles.map(({ language }) => language))];
  const parts = languages.map((language) => {
    return makeStory(articles.filter((article) => article.language === language), made, rules); // biome-ignore format: one call
  });
  for (const part of parts) joinStories(parts[0]!, part);
  return parts;
}

/** Returns the published story that lists most of the members; null: none. */
function findBestListing(
  { members }: OpenStory,
  listedIn: ReadonlyMap<ArticleRef, PublishedStory>,
): PublishedStory | null {
  const counts = new Map<PublishedStory, number>();
  for (const { article } of members) {
    const story = listedIn.get(article);
    if (story !== undefined) counts.set(story, (counts.get(story) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Feeds never list corrections, and list only the first of many members. */
function mayBeUnlisted({ role, publishedAt }: StoryMember, { unlistedUntil }: PublishedStory): boolean {
  return role === 'correction' || (unlistedUntil !== null && publishedAt <= unlistedUntil);
}

function hasSeveralSources({ members }: OpenStory): boolean {
  return new Set(members.flatMap(({ role, sourceId }) => (role === 'member' ? [sourceId] : []))).size > 1;
}

/** `forwards`: maps slugs of former story pages to slugs of article pages. */
function rebuildAliases(
  aliases: ReadonlyMap<string, string>,
  forwards: ReadonlyMap<string, string>,
  stories: readonly StoryRecord[],
  articles: readonly RestoredArticle[],
): StoryAlias[] {
  const byId = new Map(stories.map(({ id, ref }) => [id, ref]));
  const byArticle = new Map(
    stories.flatMap(({ ref, members }) => members.map(({ article }) => [article, ref] as const)),
  );
  const byPage = new Map(articles.map(({ id, article }) => [toSlug(id), byArticle.get(article.ref)]));
  const found = [
    ...[...aliases].map(([slug, id]) => [slug, byId.get(id)] as const),
    ...[...forwards].map(([slug, page]) => [slug, byPage.get(page)] as const),
  ];
  return found.flatMap(([slug, story]) => (story === undefined ? [] : { slug, story }));
}

function setCopies(record: StoryRecord, copies: PublishedStory['copies']): StoryRecord {
  return { ...record, members: record.members.map((one) => ({ ...one, copyOf: copies.get(one.article) ?? null })) };
}

/** Restores folded near-duplicates: an article hidden from `all` is a copy of a shown one. */
function foldCopies(record: StoryRecord, hidden: ReadonlySet<ArticleRef>): StoryRecord {
  const members = record.members.map((member) => {
    return { ...member, copyOf: hidden.has(member.article) ? selectShownCopy(member, record, hidden) : null };
  });
  return { ...record, members };
}

/** Prefers the copy that clustering found. Otherwise selects the shown article of another source with the most similar text. */
function selectShownCopy(
  member: StoryMember,
  { members }: StoryRecord,
  hidden: ReadonlySet<ArticleRef>,
): ArticleRef | null {
  if (member.copyOf !== null && !hidden.has(member.copyOf)) return member.copyOf;
  const shown = members.filter(({ article, sourceId }) => !hidden.has(article) && sourceId !== member.sourceId);
  const mostSimilar = shown.map(({ article, signature }) => ({ article, alike: overlap(signature, member.signature) }));
  return mostSimilar.sort((a, b) => b.alike - a.alike || a.article - b.article)[0]?.article ?? null;
}

/** Makes the published lead the newest full member: permissions may have hidden parts of texts. */
function setLead(record: StoryRecord, lead: ArticleRef, leads: LeadRules): StoryRecord {
  if (selectLead(record.members, leads).article === lead) return record;
  const longest = 1 + Math.max(...record.members.map(({ fullness }) => fullness));
  const short = Math.ceil(FULL * longest) - 1;
  const members = record.members.map((member) => {
    return { ...member, fullness: member.article === lead ? longest : Math.min(member.fullness, short) };
  });
  return { ...record, members };
}
