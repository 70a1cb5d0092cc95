/** Computes a fingerprint of topics and tagger, by which outdated stored tags are recognised. */
import { createHash } from 'node:crypto';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { type CompleteTopic, completeTopic, type PlaceName } from './places/place.js';

/** Must be increased with every change of this folder or of `text/` that may change the tags of an article. */
const taggerVersion = 2;

/**
 * Changes exactly when the tags of an article may change: with phrases, conditions, parents, maps or defaults, not with
 * labels, IPTC ids, order or repetition. 16 hexadecimal digits.
 */
export function topicsFingerprint(
  topics: readonly TopicConfig[],
  defaults: ReadonlyMap<SourceId, readonly string[]>,
): string {
  const known = new Set(topics.map(({ id }) => id));
  const facts = {
    taggerVersion,
    topics: topics.map(completeTopic).map(essence).sort(byText),
    defaults: [...defaults]
      .map(([source, ids]) => [source, sorted(ids.filter((id) => known.has(id)))])
      .filter(([, ids]) => ids!.length > 0)
      .sort(byText),
  };
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

function essence({ id, parent, any, all, near, none, map, names }: CompleteTopic): unknown[] {
  return [
    id,
    parent ?? null,
    sorted(any),
    sorted(all),
    (near ?? []).map((group) => [...group]).sort(byText),
    sorted(none),
    (map ?? []).map(({ source, scheme, category }) => [source ?? null, scheme ?? null, category]).sort(byText),
    names.map(({ phrase, language, letterCase }: PlaceName) => [phrase, language, letterCase]).sort(byText),
  ];
}

function sorted(phrases: readonly string[] | undefined): string[] {
  return [...new Set(phrases)].sort();
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
