/** Computes a fingerprint of topics and tagger, which shows whether stored tags are outdated. */

import { createHash } from 'node:crypto';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { compareText } from '../text/compare.js';
import { hasReadyMadePhrases } from './ready-made-name.js';

/** Increase it with every change of this folder or of `text/` that may change the tags of an article. */
const taggerVersion = 7;
/** Release of i18n-iso-countries. Another release may have other names of countries. */
const countryNames = '7.14.0';

/** Changes only if tags may change: not with labels, IPTC ids, order or repetition. 16 hexadecimal digits. */
export function topicsFingerprint(
  topics: readonly TopicConfig[],
  defaults: ReadonlyMap<SourceId, readonly string[]>,
): string {
  const known = new Set(topics.map(({ id }) => id));
  const facts = {
    taggerVersion,
    countryNames,
    topics: topics.map(essence).sort(byText),
    defaults: [...defaults]
      .map(([source, ids]) => [source, sorted(ids.filter((id) => known.has(id)))])
      .filter(([, ids]) => ids!.length > 0)
      .sort(byText),
  };
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

// Ready-made names are represented by their code, because computing them is slow.
function essence(topic: TopicConfig): unknown[] {
  const { id, parent, any, hints, all, near, none, map, place, iptc } = topic;
  return [
    id,
    parent ?? null,
    sorted(any),
    sorted(hints),
    sorted(all),
    (near ?? []).map((group) => [...group]).sort(byText),
    sorted(none),
    (map ?? []).map(({ source, scheme, category }) => [source ?? null, scheme ?? null, category]).sort(byText),
    sorted(typeof place === 'string' ? [place] : place),
    hasReadyMadePhrases(topic) ? iptc : null,
  ];
}

function sorted(phrases: readonly string[] | undefined): string[] {
  return [...new Set(phrases)].sort();
}

function byText(a: unknown, b: unknown): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}
