/** Warns an editor when a decision does not make an article visible. Only reads the store. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { DeskEntry, HiddenCause } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { findArticles, readAppliedReviews } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';

export interface DeskHint {
  /** Why the next build hides the article regardless of this decision; missing: it is shown. */
  readonly notShown?: HiddenCause;
  readonly otherNotShown?: HiddenCause;
}

interface Decision {
  readonly articles: readonly Article[];
  readonly other: Article | null;
  readonly changes: Partial<DeskEntry>;
}

export async function findDeskHints(
  { articles, other, changes }: Decision,
  { store, settings }: { readonly store: Store; readonly settings: Settings },
): Promise<ReadonlyMap<ArticleRef, DeskHint>> {
  const { approve, pin, lead, story } = changes;
  if (![approve, pin, lead].some(Boolean) && !story?.with) return new Map();
  const { entryOf, whyHidden } = await readDeskState(store, settings);
  const otherNotShown = other === null ? null : whyHidden(other, entryOf.get(other.ref));
  return new Map(
    articles.map((article) => {
      const notShown = whyHidden(article, { ...entryOf.get(article.ref), ...changes });
      return [article.ref, { ...(notShown && { notShown }), ...(otherNotShown && { otherNotShown }) }];
    }),
  );
}

type Entries = ReadonlyMap<ArticleRef, Partial<DeskEntry>>;
type WhyHidden = (article: Article, entry: Partial<DeskEntry> | undefined) => HiddenCause | null;

/** `whyHidden`: why the next build hides an article with this entry; null: it is shown. */
async function readDeskState(
  store: Store,
  { desk, site }: Settings,
): Promise<{ entryOf: Entries; whyHidden: WhyHidden }> {
  const refs = await findArticles(
    store,
    desk.entries.map(({ article }) => article),
    site.feedsUrl,
  );
  const entryOf = new Map<ArticleRef, DeskEntry>();
  for (const entry of desk.entries) {
    const ref = refs.get(entry.article);
    if (ref !== undefined && !entryOf.has(ref)) entryOf.set(ref, entry);
  }
  const held = new Set(await store.hiddenRefs('review'));
  const { reviewed, approved } = await readAppliedReviews(store);
  const whyHidden: WhyHidden = ({ ref, sourceId, hidden, withdrawnAt }, entry = {}) => {
    if (entry.takedown === true) return 'takedown';
    if (entry.hide === true) return 'desk';
    if (withdrawnAt !== null) return 'withdrawn';
    if (hidden?.by === 'takedown' || hidden?.by === 'lifted') return 'lifted';
    if (hidden?.by === 'rule') return 'rule';
    // An article whose approval is withdrawn waits again.
    const waits = held.has(ref) || (approved.has(ref) && reviewed.includes(sourceId));
    return waits && entry.approve !== true ? 'review' : null;
  };
  return { entryOf, whyHidden };
}
