/** What is remembered of sources, as far as an edition tells it: nothing that a server sent, so each is asked anew. */
import { textLine } from '../../compose/entry.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { FetchState, Source, SourceId } from '../../model/source.js';
import { currentState } from '../../politeness/decide-request.js';
import type { Sink } from '../../ports/sink.js';
import type { PublishedArticle, PublishedEdition } from './collect.js';
import { readHealth, readProfiles } from './profiles.js';

/** Dates that tell a posting habit (politeness/habit.ts). */
const HABIT = 30;

export async function restoredStates(
  sources: readonly Source[],
  edition: PublishedEdition,
  { title }: Pick<EditionSettings['site'], 'title'>,
  sink: Pick<Sink, 'read'>,
): Promise<Map<SourceId, FetchState>> {
  const profiles = await readProfiles(sources, edition.channels, textLine(title), sink);
  const health = await readHealth(sink);
  return new Map(
    sources.map((source) => {
      const state = currentState(null, source);
      return [source.id, { ...state, profile: profiles.get(source.id) ?? null, ...health.get(source.id) }];
    }),
  );
}

/** When each source published, newest first; articles of one date, which may be that of our first look, count once. */
export function datesBySource(
  articles: readonly { readonly article: { readonly sourceId: SourceId; readonly publishedAt: Date } }[],
): Map<SourceId, Date[]> {
  const times = new Map<SourceId, Set<number>>();
  for (const { article } of articles) {
    const known = times.get(article.sourceId) ?? new Set();
    times.set(article.sourceId, known.add(article.publishedAt.getTime()));
  }
  const newest = (known: ReadonlySet<number>) => [...known].sort((a, b) => b - a).slice(0, HABIT);
  return new Map([...times].map(([id, known]) => [id, newest(known).map((time) => new Date(time))]));
}

/** An article of nobody who is configured: its source is remembered only while it is written. */
export function formerState(sourceId: SourceId, article: Pick<PublishedArticle, 'url'>): FetchState {
  return currentState(null, {
    id: sourceId,
    url: article.url,
    title: null,
    topics: [],
    content: 'summary',
    every: null,
    headers: {},
    proxy: null,
    allowPrivateAddresses: false,
    withdrawn: 'remove',
  });
}
