/** Which copy of a text is shown for the others: chosen when copies come in, and again when one of them changes. */
import { nameKey } from '../../clean/attribution/borrowed-names.js';
import { type Copy, canonicalCopy, copyGroups, foldedBehind, stillAlike } from '../../cluster/canonical-copies.js';
import type { OpenStories } from '../../cluster/open-stories.js';
import { readArticle } from '../../cluster/text/reading.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { StoryMember } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { siteOf } from '../../text/url/site-of.js';

/** When each source was last read before this run. */
export type ReadBefore = ReadonlyMap<SourceId, Date>;

const BATCH = 100;

/** Publishers' clocks and caches are late by so much. */
const LATE = 15 * 60_000;

/**
 * Chooses among the copies in changed stories in whose group one of `fresh` stands. Returns articles of earlier runs that are
 * shown for other copies now, or no longer.
 */
export async function chooseCopies(
  store: Pick<Store, 'articles'>,
  live: OpenStories,
  fresh: ReadonlySet<ArticleRef>,
  readBefore: ReadBefore,
): Promise<readonly ArticleRef[]> {
  const changed = live.all.filter(({ changed, size, mergedInto }) => changed && size > 1 && mergedInto === null);
  const found = changed.flatMap((story) => copyGroups(story.members, fresh).map((group) => ({ story, group })));
  const articles = await tellersOf(
    store,
    found.flatMap(({ group }) => group),
  );
  const affected: ArticleRef[] = [];
  for (const { story, group } of found) {
    const copies = copiesIn(group, articles, readBefore, (ref) => ref === group[0]!.article && !fresh.has(ref));
    const canonical = canonicalCopy(copies);
    const before = group[0]!.article;
    story.members = foldedBehind(story.members, group, canonical);
    const old = group.map(({ article }) => article).filter((ref) => !fresh.has(ref));
    affected.push(...(canonical.ref === before ? old.filter((ref) => ref === before) : old));
  }
  return affected;
}

/**
 * After texts changed: a copy whose text is another now is none any more, and what was folded behind it is shown again. Returns
 * the articles of the groups concerned.
 */
export async function renewCopies(store: Store, changed: readonly ArticleRef[]): Promise<readonly ArticleRef[]> {
  const groups = changed.length === 0 ? [] : [...(await store.copiesOf(changed)).values()];
  if (groups.length === 0) return [];
  const refs = new Set(groups.flatMap(({ canonical, folded }) => [canonical, ...folded]));
  const articles = new Map((await store.articles([...refs])).map((article) => [article.ref, article]));
  const texts = new Set(changed.filter((ref) => refs.has(ref)));
  const stories = await store.stories([...new Set((await store.storiesOf([...refs])).values())]);
  const renewed = stories.map((story) => {
    let members: readonly StoryMember[] = story.members.map((member) => {
      const article = texts.has(member.article) ? articles.get(member.article) : undefined;
      return article === undefined ? member : { ...member, ...signed(article) };
    });
    for (const group of copyGroups(members, texts)) {
      const shown = group[0]!.article;
      for (const part of stillAlike(group, texts, (ref) => articles.get(ref)?.title ?? null)) {
        const canonical = canonicalCopy(copiesIn(part, articles, new Map(), (ref) => ref === shown));
        members = foldedBehind(members, part, canonical);
      }
    }
    return { ...story, members };
  });
  await store.saveStories({ stories: renewed, merged: [], terms: [], clusteredUpTo: 0, closedBefore: 0 });
  return [...refs];
}

function signed({ title, summary, contentHtml, language, attribution, sourceId }: Article) {
  const publication = [attribution.publication.title, sourceId];
  const { signature, fullness } = readArticle({ title, summary, contentHtml, language, publication });
  return { signature: signature.slice(), fullness };
}

/** What choosing needs of an article. */
type Teller = Pick<Article, 'firstSeenAt' | 'attribution' | 'url'>;

/** In batches, since texts take more memory than what is asked of them. */
async function tellersOf(
  store: Pick<Store, 'articles'>,
  members: readonly StoryMember[],
): Promise<ReadonlyMap<ArticleRef, Teller>> {
  const refs = [...new Set(members.map(({ article }) => article))];
  const tellers = new Map<ArticleRef, Teller>();
  for (let from = 0; from < refs.length; from += BATCH)
    for (const { ref, firstSeenAt, attribution, url } of await store.articles(refs.slice(from, from + BATCH)))
      tellers.set(ref, { firstSeenAt, attribution, url });
  return tellers;
}

function copiesIn(
  group: readonly StoryMember[],
  articles: ReadonlyMap<ArticleRef, Teller>,
  readBefore: ReadBefore,
  isShown: (ref: ArticleRef) => boolean,
): Copy[] {
  return group.map(({ article: ref, id, sourceId, publishedAt }) => {
    const article = articles.get(ref);
    const firstSeenAt = article?.firstSeenAt.getTime() ?? publishedAt;
    const read = readBefore.get(sourceId)?.getTime();
    const isBackdated = read === undefined || (publishedAt < read - LATE && firstSeenAt > read);
    return { ref, id, sourceId, publishedAt, firstSeenAt, isShown: isShown(ref), isBackdated, ...namesIn(article) };
  });
}

/** An article that was pruned names nobody. */
function namesIn(article: Teller | undefined): Pick<Copy, 'publication' | 'site' | 'origin'> {
  if (article === undefined) return { publication: '', site: null, origin: null };
  const { publication, via, credited } = article.attribution;
  const named = via === null ? credited : publication;
  return {
    publication: nameKey((via ?? publication).title),
    site: article.url === null ? null : siteOf(article.url),
    origin:
      named === null ? null : { name: nameKey(named.title), site: siteOf(named.url ?? `https://${named.title}/`) },
  };
}
