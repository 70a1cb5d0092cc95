/** Selects copies again after texts changed, and takes rewritten articles out of their stories. */
import { findCopyGroups, foldCopies, keepSimilarCopies, selectCanonicalCopy } from '../../cluster/canonical-copies.js';
import { clusterInputs, makeStory } from '../../cluster/cluster.js';
import { OpenStories } from '../../cluster/open-stories.js';
import { unpackVector } from '../../cluster/terms/packed-vector.js';
import { listScopes, SiteTerms } from '../../cluster/terms/site-terms.js';
import { overlap } from '../../cluster/text/minhash.js';
import type { Reading } from '../../cluster/text/reading.js';
import type { Article, ArticleRef } from '../../model/article.js';
import { isShown } from '../../model/desk.js';
import type { StoryMember } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { splitIntoBatches } from '../facts/every-article.js';
import { withCopies } from '../facts/multi-source-stories.js';
import { toUnassigned } from './articles-to-cluster.js';
import { describeCopies } from './copies.js';
import { clusterRules, toRecord } from './find-stories.js';
import { type MovingDeps, StoryMover } from './move-between-stories.js';

/** Minimum share of the former text that a correction or an update keeps: of its terms, or pairs if its story is closed. */
const KEPT = 0.15;
/** With this share of its former terms, it is the same text, however rare the others are. */
const SAME_TEXT = 0.5;

/** Unfolds copies with a different text. Returns the articles of affected groups. */
export async function renewCopies(store: Store, changed: readonly ArticleRef[]): Promise<readonly ArticleRef[]> {
  const groups = [...(await store.findCopyGroups(changed)).values()];
  if (groups.length === 0) return [];
  const refs = new Set(groups.flatMap(({ canonical, folded }) => [canonical, ...folded]));
  const articles = new Map((await store.articles([...refs])).map((article) => [article.ref, article]));
  const texts = new Set(changed.filter((ref) => refs.has(ref)));
  const stories = await store.stories([...new Set((await store.findStoryRefs([...refs])).values())]);
  const renewed = stories.map((story) => {
    let members: readonly StoryMember[] = story.members.map((member) => {
      const article = texts.has(member.article) ? articles.get(member.article) : undefined;
      if (article === undefined) return member;
      const { signature, fullness } = toUnassigned(article).reading;
      return { ...member, signature: signature.slice(), fullness };
    });
    for (const group of findCopyGroups(members, texts)) {
      const shown = group[0]!.article;
      for (const part of keepSimilarCopies(group, texts, (ref) => articles.get(ref)?.title ?? null)) {
        const canonical = selectCanonicalCopy(describeCopies(part, articles, new Map(), (ref) => ref === shown));
        members = foldCopies(members, part, canonical);
      }
    }
    return { ...story, members };
  });
  await store.saveStories({ stories: renewed, merged: [], terms: [], clusteredUpTo: 0, closedBefore: 0 });
  return [...refs];
}

/**
 * An article stays if its headline and text still resemble the text that joined the story, or another source's report
 * in it. Else it gets a story of its own. Ids do not change. Returns the articles of affected stories.
 */
export async function leaveStories(deps: MovingDeps, changed: readonly ArticleRef[]): Promise<readonly ArticleRef[]> {
  const { store } = deps;
  const mover = new StoryMover(deps);
  const facts = await store.articleFacts(changed);
  const rewritten = facts.filter((one) => isShown(one) && one.updatedAt !== null).map(({ ref }) => ref);
  for (const batch of splitIntoBatches(rewritten)) {
    const stories = await store.stories([...new Set((await store.findStoryRefs(batch)).values())]);
    const places = new Map(stories.flatMap((story) => story.members.map((one) => [one.article, { one, ...story }])));
    for (const article of await store.articles(batch)) {
      const { one, members, ref } = places.get(article.ref)!;
      if (one.role === 'correction' || belongs(article, one, members)) continue;
      await mover.moveArticle(article.ref, ref, null, { role: 'member' });
      await renewTerms(article, mover, deps);
    }
  }
  return await withCopies(store, [...mover.touched]);
}

function belongs(article: Article, own: StoryMember, members: readonly StoryMember[]): boolean {
  const { reading } = toUnassigned({ ...article, language: own.language });
  if (own.vector === null) return own.signature.length === 0 || overlap(own.signature, reading.signature) >= KEPT;
  const others = members.filter(({ sourceId }) => sourceId !== own.sourceId);
  return [own, ...others].some((one) => resembles(reading, one));
}

function resembles({ terms, titleTerms }: Reading, { vector }: StoryMember): boolean {
  if (vector === null) return false;
  const former = unpackVector(vector);
  const now = new Set(terms);
  const kept = former.weights.reduce((sum, weight, at) => sum + (now.has(former.terms[at]!) ? weight ** 2 : 0), 0);
  const isSame = former.terms.filter((term) => now.has(term)).length >= SAME_TEXT * former.terms.length;
  return (kept >= KEPT || isSame) && terms.subarray(0, titleTerms).some((term) => former.terms.includes(term));
}

/** Its single story gets the terms of the new text, so that reports of the former text do not join it. */
async function renewTerms(article: Article, mover: StoryMover, { store, siteHost }: MovingDeps): Promise<void> {
  const [single] = await store.stories([(await store.findStoryRefs([article.ref])).get(article.ref)!]);
  const articles = [toUnassigned(article)];
  const weigh = SiteTerms.from(await store.storyTerms(listScopes(articles))).createWeigher();
  const story = toRecord([makeStory(clusterInputs(articles, weigh), new OpenStories(), clusterRules({ siteHost }))]);
  await mover.save([{ ...story, ref: single!.ref, id: single!.id }], [], story.members);
}
