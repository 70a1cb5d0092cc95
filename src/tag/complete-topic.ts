/** Completes topics of the config with what is ready-made. */
import { nameFromId, type TopicConfig } from '../model/topic.js';
import { mediaTopic } from './media-topics.js';
import { namesOfPlaces, placeTopic } from './place.js';
import { hasReadyMadePhrases, type ReadyMadeName } from './ready-made-name.js';

/** A topic with everything that `place` or `iptc` adds. */
export interface CompleteTopic extends TopicConfig {
  readonly label: string | Readonly<Record<string, string>>;
  readonly hasNames: boolean;
  /** Its ready-made names for articles in a language (ISO 639-1): computed by language, as most languages are in no article. */
  namesIn(language: string): readonly ReadyMadeName[];
}

/**
 * A topic with the id (`north-korea`), the label in many languages and the names that are ready-made for its `place`, or, where it
 * has no phrases of its own, for its `iptc`; the label of any other is made of its id. The editor's values are kept; with several
 * places, id and label are those of the first. An unknown place adds nothing.
 */
export function completeTopic(topic: TopicConfig): CompleteTopic {
  const ready = topic.id === undefined || topic.label === undefined ? readyMadeTopic(topic) : null;
  const id = topic.id ?? ready?.id;
  const label = topic.label ?? ready?.label ?? nameFromId(id);
  const { place, iptc } = topic;
  if (place !== undefined) {
    const places = placesOf(place);
    return { ...topic, id, label, hasNames: true, namesIn: (language) => namesOfPlaces(places, language) };
  }
  if (!hasReadyMadePhrases(topic)) return { ...topic, id, label, hasNames: false, namesIn: () => [] };
  const { names, map } = mediaTopic(iptc!)!;
  return { ...topic, id, label, map, hasNames: true, namesIn: (language) => names.get(language) ?? [] };
}

/** Id and label that are ready-made for a topic's `place`, else for its `iptc`; null: none. */
export function readyMadeTopic({
  place,
  iptc,
}: Pick<TopicConfig, 'place' | 'iptc'>): { id: string; label: Readonly<Record<string, string>> } | null {
  if (place !== undefined) return placeTopic(placesOf(place)[0]!);
  return iptc === undefined ? null : mediaTopic(iptc);
}

function placesOf(place: string | readonly string[]): readonly string[] {
  return typeof place === 'string' ? [place] : place;
}
