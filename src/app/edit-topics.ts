/** Changes the phrases of a topic in the config, and shows beforehand which stored articles that changes. */
import { changeListEntry } from '../config/edit/edit-list.js';
import { withFileLock } from '../config/edit/file-lock.js';
import { refuseEdit } from '../config/edit/refuse-edit.js';
import type { Article } from '../model/article.js';
import { listShownTopics } from '../model/desk.js';
import type { Settings } from '../model/settings.js';
import { splitIntoBatches } from '../pipeline/facts/every-article.js';
import { createTagger } from '../tag/tag.js';
import { readStore } from './open-store.js';

export const PHRASE_LISTS = ['any', 'hints', 'all', 'none'] as const;
export type PhraseLists = Readonly<Partial<Record<(typeof PHRASE_LISTS)[number], readonly string[]>>>;

export interface TriedPhrases {
  /** Number of articles that were tried: the newest. */
  readonly articles: number;
  readonly joins: readonly Article[];
  readonly leaves: readonly Article[];
}

const MOST_TRIED = 10_000;

/** Compares the topic by its own phrases before and after. Throws StoreError. */
export async function tryPhrases(settings: Settings, id: string, lists: PhraseLists): Promise<TriedPhrases> {
  const own = settings.topics.filter((topic) => topic.id === id);
  const before = createTagger(own);
  const after = createTagger(own.map((topic) => ({ ...topic, ...lists })));
  const [joins, leaves]: [Article[], Article[]] = [[], []];
  return await readStore(settings.store, async (store) => {
    const refs = (await store.newestRefs({ state: 'shown' })).slice(0, MOST_TRIED);
    for (const some of splitIntoBatches(refs))
      for (const article of await store.articles(some)) {
        const text = { ...article, sourceIds: [article.sourceId, ...article.alsoIn] };
        const hasTopic = after.tag(text).length > 0;
        // Others have or lack the topic by a topic below it, the source or the desk.
        if (hasTopic === listShownTopics(article).includes(id) || hasTopic === before.tag(text).length > 0) continue;
        if (hasTopic) joins.push(article);
        else if (!article.edits?.addedTopics.includes(id)) leaves.push(article);
      }
    return { articles: refs.length, joins, leaves };
  });
}

/** Writes whole lists; an empty one removes the key. Returns the changed file. Throws ConfigError; errors change nothing. */
export async function editPhrases(
  configPath: string,
  load: () => Promise<Settings>,
  id: string,
  lists: PhraseLists,
): Promise<string> {
  const find = async () => (await load()).topics.findIndex((topic) => topic.id === id);
  const changes = Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.length > 0 ? list : null]));
  return await withFileLock(configPath, async () =>
    changeListEntry(configPath, 'topics', { index: await find(), id }, changes, async () => {
      const topic = (await load()).topics[await find()];
      if (PHRASE_LISTS.some((key) => lists[key] && String(topic?.[key] ?? []) !== String(lists[key])))
        refuseEdit(configPath, 'topics', `"${id}" has phrases that newsloom cannot change; edit them by hand`);
    }),
  );
}
