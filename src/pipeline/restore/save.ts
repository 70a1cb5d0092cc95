/** Saves restored articles into an empty store with the methods of a normal run. */

import { ARCHIVE_ARTICLES } from '../../model/archive.js';
import type { ArticleId, ArticleRef } from '../../model/article.js';
import { toOrderKey } from '../../model/order.js';
import type { FetchState, SourceId } from '../../model/source.js';
import { resolveState } from '../../politeness/decide-request.js';
import type { Store } from '../../ports/store/store.js';
import { noChanges } from '../read/source-changes.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition } from './published-edition.js';
import { yieldToSignals } from './yield-to-event-loop.js';

export async function saveArticles(
  articles: readonly RestoredArticle[],
  states: ReadonlyMap<SourceId, FetchState>,
  { store, topicsFingerprint }: { readonly store: Store; readonly topicsFingerprint: string },
  signal: AbortSignal,
): Promise<void> {
  const nothing = noChanges(topicsFingerprint);
  // State of a source that is no longer configured, used only while its articles are saved.
  const formerState = (id: SourceId) => resolveState(null, { id, url: `urn:former:${id}`, content: 'summary' });
  const findState = (id: SourceId) => states.get(id) ?? formerState(id);
  const bySource = groupBySource(articles, ({ article }) => [article.sourceId]);
  for (const [id, own] of bySource) {
    await yieldToSignals(signal);
    await store.saveFetch(findState(id), {
      ...nothing,
      added: own.map(({ article }) => article),
      changed: own.flatMap(({ article, updatedAt }) => (updatedAt === null ? [] : [{ ...article, updatedAt }])),
      withdrawn: own.flatMap(({ article: { ref }, withdrawn }) => (withdrawn === null ? [] : [{ ...withdrawn, ref }])),
    });
  }
  await store.mint(
    articles.map(({ id, article: { ref } }) => ({ ref, id })),
    [],
  );
  await saveMachines(articles, store);
  for (const [id, carried] of groupBySource(articles, ({ alsoIn }) => alsoIn)) {
    await store.saveFetch(findState(id), { ...nothing, alsoIn: carried.map(({ article }) => article.ref) });
  }
  await store.place(
    articles.map(({ id, article, channels }) => ({
      ref: article.ref,
      order: toOrderKey({ ...article, id }),
      channels,
    })),
  );
  await store.saveFetches([...states.values()]);
  await store.forgetSources([...bySource.keys()].filter((id) => !states.has(id)));
}

/** Saves answers by the input of their commands, so that no command runs twice. */
async function saveMachines(articles: readonly RestoredArticle[], store: Store): Promise<void> {
  const enriched = articles.filter(({ machine }) => machine.length > 0);
  if (enriched.length === 0) return;
  await store.saveMachineMade(enriched.map(({ article: { ref }, machine }) => ({ ref, machine })));
  const answers = enriched.flatMap(({ article: { ref }, machine }) =>
    machine.map(({ of: key, as: _, by: __, instead: ___, ...answer }) => {
      return { ref, key, answer, tries: 0, due: new Date(0) };
    }),
  );
  await store.saveAnswers(answers, []);
}

function groupBySource(
  articles: readonly RestoredArticle[],
  keysOf: (article: RestoredArticle) => readonly SourceId[],
): Map<SourceId, RestoredArticle[]> {
  const groups = new Map<SourceId, RestoredArticle[]>();
  for (const article of articles) {
    for (const key of keysOf(article)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key)!.push(article);
    }
  }
  return groups;
}

/** Assigns archive places. Unreadable documents leave gaps. Resolves with the number of documents. */
export async function restoreArchives(
  { channels }: PublishedEdition,
  refs: ReadonlyMap<ArticleId, ArticleRef>,
  store: Pick<Store, 'archive'>,
): Promise<number> {
  let documents = 0;
  for (const [channel, { archive }] of channels) {
    for (const [number, ids] of [...archive].sort(([a], [b]) => a - b)) {
      documents++;
      // Archive places follow the order in which articles left the head, oldest first.
      const placed = [...(ids ?? [])].reverse().map((id) => refs.get(id)!);
      await store.archive(channel, placed, (number - 1) * ARCHIVE_ARTICLES);
    }
  }
  return documents;
}
