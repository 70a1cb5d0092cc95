/** Unpublishes the articles of sources that were removed with `newsloom sources remove --with-articles`. */
import type { ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import { resolveState } from '../../politeness/decide-request.js';
import type { Store } from '../../ports/store/store.js';
import { readSourceArticles } from '../facts/every-article.js';
import { noChanges } from '../read/source-changes.js';
import type { CurrentRun, RunContext } from '../run-context.js';
import { addAll, type ChangedArticles } from './changed-articles.js';

/** Meta key: JSON list of removed sources with articles to withdraw. */
const REMOVED_SOURCES = 'removed-sources';

type NoteStore = Pick<Store, 'readJson' | 'saveMeta'>;

export async function recordRemovedSource(store: NoteStore, id: SourceId): Promise<void> {
  await store.saveMeta(
    REMOVED_SOURCES,
    JSON.stringify([...new Set([...(await readRemovedSources(store)), id])].sort()),
  );
}

async function readRemovedSources(store: Pick<Store, 'readJson'>): Promise<readonly SourceId[]> {
  return (await store.readJson<SourceId[]>(REMOVED_SOURCES)) ?? [];
}

/**
 * Requires that all sources are read. Keeps articles that a configured source carries, and those of sources that are
 * configured again.
 */
export async function withdrawRemoved(
  { settings, store, tagging }: RunContext,
  { options: { now }, counts }: CurrentRun,
  { visibility }: ChangedArticles,
): Promise<void> {
  const noted = await readRemovedSources(store);
  const configured = new Set(settings.sources.map(({ id }) => id));
  for (const id of noted.filter((one) => !configured.has(one))) {
    const refs = await findOwnArticles(store, id, configured);
    const state = resolveState((await store.fetchStates()).get(id) ?? null, { id, url: '', content: 'summary' });
    const withdrawn = refs.map((ref) => ({ ref, at: now, policy: 'remove' as const }));
    await store.saveFetch(state, { ...noChanges(tagging.fingerprint), snapshot: null, withdrawn });
    await store.forgetSources([id]);
    addAll(visibility, refs);
    counts.articles.withdrawn += refs.length;
  }
  if (noted.length > 0) await store.saveMeta(REMOVED_SOURCES, null);
}

async function findOwnArticles(store: Store, id: SourceId, configured: ReadonlySet<SourceId>): Promise<ArticleRef[]> {
  const own: ArticleRef[] = [];
  for await (const articles of readSourceArticles(id, store)) {
    for (const { ref, withdrawnAt, alsoIn } of articles)
      if (withdrawnAt === null && !alsoIn.some((other) => configured.has(other))) own.push(ref);
  }
  return own;
}
