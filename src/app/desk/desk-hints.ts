/** What an editor who decides about articles should know of them: what the next build shows of it, by what the desk says. Only reads the store. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { DeskEntry, NotShown } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { appliedReviews, findArticles } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';

interface StoryHint {
  /** Headline of a pinned article that shows the story; null: the story has no other article. */
  readonly pinned: string | null;
}

export interface DeskHint {
  /** Why leading, or pinning, changes nothing; missing: it may. */
  readonly story?: StoryHint;
  /** Headline of a pinned article that was named later and is shown before it: the file's order counts; missing: there is none. */
  readonly after?: string;
  /** Why the next build does not show it, though this decision hides nothing; missing: it does. */
  readonly notShown?: NotShown;
  /** Same of the article whose story it names. */
  readonly otherNotShown?: NotShown;
  /** It was approved, but nothing held it. */
  readonly didNotWait?: true;
}

interface Decision {
  /** In the order in which they were named. */
  readonly articles: readonly Article[];
  readonly other: Article | null;
  readonly changes: Partial<DeskEntry>;
}

export async function deskHints(
  { articles, other, changes }: Decision,
  { store, settings }: { readonly store: Store; readonly settings: Settings },
): Promise<ReadonlyMap<ArticleRef, DeskHint>> {
  const { approve, pin, lead, story } = changes;
  if (![approve, pin, lead].includes(true) && !story?.with) return new Map();
  const desk = await deskOf(store, settings);
  const decided = new Map(articles.map(({ ref }) => [ref, { ...desk.entryOf.get(ref), ...changes }]));
  const entryOf: Entries = new Map([...desk.entryOf, ...decided]);
  const tells = { store, entryOf, whyHidden: desk.whyHidden };
  const told = pin === true || lead === true ? await storyHints(articles, pin === true, tells) : new Map();
  const why = (one: Article | null) => (one === null ? null : desk.whyHidden(one, entryOf.get(one.ref)));
  return new Map(
    articles.map((article) => {
      const [notShown, otherNotShown] = [why(article), why(other)];
      const didNotWait = approve === true && desk.whyHidden(article, desk.entryOf.get(article.ref)) === null;
      const hint: DeskHint = {
        ...(notShown === null && told.get(article.ref)),
        ...(notShown && { notShown }),
        ...(otherNotShown && { otherNotShown }),
        ...(didNotWait && { didNotWait }),
      };
      return [article.ref, hint];
    }),
  );
}

/** In the order of the file. */
type Entries = ReadonlyMap<ArticleRef, Partial<DeskEntry>>;
type WhyHidden = (article: Article, entry: Partial<DeskEntry> | undefined) => NotShown | null;

/** `whyHidden`: as the next build finds it with this entry; null: it is shown. */
async function deskOf(store: Store, { desk, site }: Settings): Promise<{ entryOf: Entries; whyHidden: WhyHidden }> {
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
  const { reviewed, approved } = await appliedReviews(store);
  const whyHidden: WhyHidden = ({ ref, sourceId, hidden, withdrawnAt }, entry = {}) => {
    if (entry.takedown === true) return 'takedown';
    if (entry.hide === true) return 'desk';
    if (withdrawnAt !== null) return 'withdrawn';
    if (hidden?.by === 'takedown' || hidden?.by === 'lifted') return 'lifted';
    if (hidden?.by === 'rule') return 'rule';
    // One whose approval is taken back waits again.
    const waits = held.has(ref) || (approved.has(ref) && reviewed.includes(sourceId));
    return waits && entry.approve !== true ? 'review' : null;
  };
  return { entryOf, whyHidden };
}

interface Tells {
  readonly store: Store;
  readonly entryOf: Entries;
  readonly whyHidden: WhyHidden;
}

async function storyHints(articles: readonly Article[], isPin: boolean, { store, entryOf, whyHidden }: Tells) {
  const shown = async (refs: readonly ArticleRef[]) =>
    (await store.articles(refs)).filter((article) => whyHidden(article, entryOf.get(article.ref)) === null);
  const titles = new Map<ArticleRef, string>();
  const pins = [...entryOf].flatMap(([ref, entry]) => (entry.pin === true ? ref : []));
  for (const { ref, title } of await shown(pins)) titles.set(ref, title);
  const pinned = pins.filter((ref) => titles.has(ref));
  const named = articles.map(({ ref }) => ref);
  const storyOf = await store.storiesOf([...new Set([...pinned, ...named])]);
  const hints = new Map<ArticleRef, Pick<DeskHint, 'story' | 'after'>>();
  for (const [i, ref] of named.entries()) {
    const [story] = await store.stories([storyOf.get(ref) ?? -1]);
    const members = story?.members ?? [];
    const reports = members.flatMap(({ role, article }) => (role === 'member' ? article : []));
    const tellers = new Set((await shown(reports)).map(({ sourceId }) => sourceId));
    const first = tellers.size < 2 ? undefined : pinned.find((one) => storyOf.get(one) === story?.ref);
    const later = named.slice(i + 1);
    const place = isPin ? Math.max(0, pinned.indexOf(ref)) : 0;
    const before = pinned.slice(0, place).find((one) => later.includes(one));
    const shows = first === undefined || first === ref ? undefined : titles.get(first);
    const alone = !isPin && members.length < 2;
    hints.set(ref, {
      ...(alone ? { story: { pinned: null } } : shows !== undefined && { story: { pinned: shows } }),
      ...(before !== undefined && { after: titles.get(before)! }),
    });
  }
  return hints;
}
