/** Adds ready-made ids, labels and names to topics of the config. */
import { type TopicConfig, toTopicName } from '../model/topic.js';
import { mediaTopic } from './media-topics.js';
import { listPlaceNames, placeTopic } from './place.js';
import { hasReadyMadePhrases, type ReadyMadeName } from './ready-made-name.js';

/** A topic with everything that `place` or `iptc` adds. */
export interface CompleteTopic extends TopicConfig {
  readonly label: string | Readonly<Record<string, string>>;
  readonly hasNames: boolean;
  /** Its ready-made names for articles in a language (ISO 639-1), computed on demand. */
  listNames(language: string): readonly ReadyMadeName[];
}

/**
 * Adds the id (`north-korea`), the label in many languages, and the names of the topic's `place`. A topic without
 * phrases gets those of its `iptc`. Any other label is derived from the id. The editor's values are kept. With several
 * places, id and label are those of the first. Unknown places are ignored.
 */
export function completeTopic(topic: TopicConfig): CompleteTopic {
  const ready = topic.id === undefined || topic.label === undefined ? readyMadeTopic(topic) : null;
  const id = topic.id ?? ready?.id;
  const label = topic.label ?? ready?.label ?? toTopicName(id);
  const { place, iptc } = topic;
  if (place !== undefined) {
    const places = listPlaces(place);
    return { ...topic, id, label, hasNames: true, listNames: (language) => listPlaceNames(places, language) };
  }
  if (!hasReadyMadePhrases(topic)) return { ...topic, id, label, hasNames: false, listNames: () => [] };
  const { names, map } = mediaTopic(iptc!)!;
  return { ...topic, id, label, map, hasNames: true, listNames: (language) => names.get(language) ?? [] };
}

/** The ready-made id and label of a topic's `place`, else of its `iptc`; null: none. */
export function readyMadeTopic({
  place,
  iptc,
}: Pick<TopicConfig, 'place' | 'iptc'>): { id: string; label: Readonly<Record<string, string>> } | null {
  if (place !== undefined) return placeTopic(listPlaces(place)[0]!);
  return iptc === undefined ? null : mediaTopic(iptc);
}

function listPlaces(place: string | readonly string[]): readonly string[] {
  return typeof place === 'string' ? [place] : place;
}
