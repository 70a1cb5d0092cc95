/** Selects copies again after texts changed. */
import { findCopyGroups, foldCopies, keepSimilarCopies, selectCanonicalCopy } from '../../cluster/canonical-copies.js';
import { readArticle } from '../../cluster/text/reading.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { StoryMember } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { describeCopies } from './copies.js';

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
      return article === undefined ? member : { ...member, ...readText(article) };
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

function readText({ title, summary, contentHtml, language, attribution, sourceId }: Article) {
  const publication = [attribution.publication.title, sourceId];
  const { signature, fullness } = readArticle({ title, summary, contentHtml, language, publication });
  return { signature: signature.slice(), fullness };
}
