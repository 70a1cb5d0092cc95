/** Renames stored topics, sources and channels by their `formerly` settings. */
import { titleKey } from '../../identity/identified-items.js';
import type { Article } from '../../model/article.js';
import type { ArticleKey, NamedArticle } from '../../model/identity.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { readSourceArticles } from '../facts/every-article.js';
import { noChanges } from '../read/source-changes.js';
import { renameQuestion } from './ask-questions.js';

const RENAMED = 'renamed';

type NamedSettings = Pick<Settings, 'sources' | 'topics' | 'channels'>;

/** Call before reading sources, so that their items match under the new name. */
export async function applyRenames(store: Store, settings: NamedSettings, topicsFingerprint: string): Promise<void> {
  const topics = listRenames(settings.topics);
  const sources = listRenames(settings.sources);
  const channels = listRenames(settings.channels ?? []);
  const now = JSON.stringify([topics, sources, ...(channels.length > 0 ? [channels] : [])]);
  const before = (await store.meta(RENAMED)) ?? '[[],[]]';
  if (now === before) return;
  for (const [from, to] of topics) await store.renameTopic(from, to);
  for (const [from, to] of sources) await renameSource(store, from, to, topicsFingerprint);
  for (const [from, to] of channels) {
    await renameQuestion(store, `channels/${from}`, `channels/${to}`);
    await store.renameChannel(`channels/${from}`, `channels/${to}`);
  }
  await store.saveMeta(RENAMED, now);
}

function listRenames(named: readonly { readonly id: string; readonly formerly?: readonly string[] | undefined }[]) {
  const pairs = named.flatMap(({ id, formerly = [] }) => formerly.map((from) => [from, id] as const));
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Saves keys first, so that an interrupted rename can be repeated. */
async function renameSource(store: Store, from: SourceId, to: SourceId, topicsFingerprint: string): Promise<void> {
  const state = (await store.fetchStates()).get(from);
  for await (const articles of readSourceArticles(from, store)) {
    const aliases = articles.map((article) => toNamedArticle(to, article));
    if (state !== undefined) await store.saveFetch(state, { ...noChanges(topicsFingerprint), aliases });
  }
  await store.renameSource(from, to);
}

function toNamedArticle(sourceId: SourceId, { ref, guid, title, publishedAt }: Article): NamedArticle {
  const keys: ArticleKey[] = guid === null ? [] : [{ kind: 'guid', sourceId, value: guid }];
  const titled = titleKey(title, publishedAt);
  if (titled !== null) keys.push({ kind: 'title', sourceId, value: titled });
  return { ref, keys };
}
