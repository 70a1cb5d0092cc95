/** Selects which copy of a text is shown for its near-duplicates. */
import { toNameKey } from '../../clean/attribution/borrowed-names.js';
import { type Copy, findCopyGroups, foldCopies, selectCanonicalCopy } from '../../cluster/canonical-copies.js';
import type { OpenStories } from '../../cluster/open-stories.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { StoryMember } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { findSite } from '../../text/url/site-of.js';
import { splitIntoBatches } from '../facts/every-article.js';
import type { ReadBefore } from '../read/read.js';

const BATCH = 100;

/** Tolerance, in milliseconds, for late clocks and caches of publishers. */
const LATE = 15 * 60_000;

/** Covers groups with an article of `fresh`. Returns earlier articles that became or ceased to be canonical. */
export async function chooseCopies(
  store: Pick<Store, 'articles'>,
  live: OpenStories,
  fresh: ReadonlySet<ArticleRef>,
  readBefore: ReadBefore,
): Promise<readonly ArticleRef[]> {
  const changed = live.all.filter(({ changed, size, mergedInto }) => changed && size > 1 && mergedInto === null);
  const found = changed.flatMap((story) => findCopyGroups(story.members, fresh).map((group) => ({ story, group })));
  const articles = await readCopyFacts(
    store,
    found.flatMap(({ group }) => group),
  );
  const affected: ArticleRef[] = [];
  for (const { story, group } of found) {
    const copies = describeCopies(group, articles, readBefore, (ref) => ref === group[0]!.article && !fresh.has(ref));
    const canonical = selectCanonicalCopy(copies);
    const before = group[0]!.article;
    story.members = foldCopies(story.members, group, canonical);
    const old = group.map(({ article }) => article).filter((ref) => !fresh.has(ref));
    affected.push(...(canonical.ref === before ? old.filter((ref) => ref === before) : old));
  }
  return affected;
}

type CopyFacts = Pick<Article, 'firstSeenAt' | 'attribution' | 'url'>;

/** In batches, because texts take more memory than these fields. */
async function readCopyFacts(
  store: Pick<Store, 'articles'>,
  members: readonly StoryMember[],
): Promise<ReadonlyMap<ArticleRef, CopyFacts>> {
  const refs = [...new Set(members.map(({ article }) => article))];
  const facts = new Map<ArticleRef, CopyFacts>();
  for (const batch of splitIntoBatches(refs, BATCH))
    for (const { ref, firstSeenAt, attribution, url } of await store.articles(batch))
      facts.set(ref, { firstSeenAt, attribution, url });
  return facts;
}

export function describeCopies(
  group: readonly StoryMember[],
  articles: ReadonlyMap<ArticleRef, CopyFacts>,
  readBefore: ReadBefore,
  isShown: (ref: ArticleRef) => boolean,
): Copy[] {
  return group.map(({ article: ref, id, sourceId, publishedAt }) => {
    const article = articles.get(ref);
    const firstSeenAt = article?.firstSeenAt.getTime() ?? publishedAt;
    const read = readBefore.get(sourceId)?.getTime();
    const isBackdated = read === undefined || (publishedAt < read - LATE && firstSeenAt > read);
    return { ref, id, sourceId, publishedAt, firstSeenAt, isShown: isShown(ref), isBackdated, ...creditNames(article) };
  });
}

/** Empty for pruned articles. */
function creditNames(article: CopyFacts | undefined): Pick<Copy, 'publication' | 'site' | 'origin'> {
  if (article === undefined) return { publication: '', site: null, origin: null };
  const { publication, via, credited } = article.attribution;
  const named = via === null ? credited : publication;
  return {
    publication: toNameKey((via ?? publication).title),
    site: article.url === null ? null : findSite(article.url),
    origin:
      named === null ? null : { name: toNameKey(named.title), site: findSite(named.url ?? `https://${named.title}/`) },
  };
}
