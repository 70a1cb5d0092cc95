/** Selects and orders the tags of an article. */
import type { TopicTag } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { type Ancestry, buildAncestry } from './ancestry.js';
import type { Judgement } from './evidence.js';

/** Maximum number of topics of an article. */
export const topicsKept = 8;

/** Weight of a source's default topic: less than any mention. */
const defaultWeight = 1;

interface Default {
  readonly topicId: string;
  readonly source: SourceId;
}

/** Highest score first, then by id; at most eight, always with ancestors. A veto applies to ancestors and defaults. */
export type Ranking = (judgements: readonly Judgement[], defaults: readonly Default[]) => TopicTag[];

export function createRanking(topics: readonly TopicConfig[]): Ranking {
  const lines = buildAncestry(topics);
  return (judgements, defaults) => {
    const tagged = judgements.filter((judgement) => judgement.tagged);
    if (tagged.length === 0 && defaults.length === 0) return [];
    const family = new Family(lines, judgements);
    for (const { topicId, score, because } of tagged) family.add({ topicId, score, because });
    for (const { topicId, source } of defaults) family.add(defaultTag(topicId, source));
    return family.strongest(topicsKept);
  };
}

function defaultTag(topicId: string, source: SourceId): TopicTag {
  const because = [{ phrase: source, field: 'source', offset: 0, weight: defaultWeight }] as const;
  return { topicId, score: defaultWeight, because };
}

class Family {
  readonly #lines: Ancestry;
  readonly #vetoed: ReadonlySet<string>;
  /** By topic; `from` is the topic with the evidence: itself or a descendant. */
  readonly #tags = new Map<string, { readonly tag: TopicTag; readonly from: string }>();

  constructor(lines: Ancestry, judgements: readonly Judgement[]) {
    this.#lines = lines;
    this.#vetoed = new Set(judgements.filter(({ vetoedBy }) => vetoedBy.length > 0).map(({ topicId }) => topicId));
  }

  /** Adds the tag to its topic and all ancestors; each keeps its strongest. */
  add(tag: TopicTag): void {
    for (const topicId of this.#line(tag.topicId)) {
      const known = this.#tags.get(topicId);
      if (known && !isStronger(tag, known.tag, known.from, topicId)) continue;
      this.#tags.set(topicId, { tag: { ...tag, topicId }, from: tag.topicId });
    }
  }

  strongest(limit: number): TopicTag[] {
    const tags = [...this.#tags.values()].map(({ tag }) => tag);
    const sorted = tags.sort((a, b) => b.score - a.score || (a.topicId < b.topicId ? -1 : 1));
    const kept = new Set<string>();
    for (const { topicId } of sorted) {
      const fresh = this.#line(topicId).filter((id) => !kept.has(id));
      if (kept.size + fresh.length <= limit) for (const id of fresh) kept.add(id);
    }
    return sorted.filter(({ topicId }) => kept.has(topicId));
  }

  #line(topicId: string): readonly string[] {
    const line = this.#lines.get(topicId) ?? [];
    return this.#vetoed.size === 0 ? line : line.filter((id) => !this.#vetoed.has(id));
  }
}

// By score, then own evidence, then the descendant with the smaller id: config order makes no difference.
function isStronger(tag: TopicTag, known: TopicTag, knownFrom: string, topicId: string): boolean {
  if (tag.score !== known.score) return tag.score > known.score;
  if (knownFrom === topicId) return false;
  return tag.topicId === topicId || tag.topicId < knownFrom;
}
