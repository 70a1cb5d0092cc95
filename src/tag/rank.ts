/** Which of the topics found an article gets, and in which order. */
import type { TopicTag } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import type { Judgement } from './tally.js';

/** An article has no more topics than that. */
const topicsKept = 8;

/** A source's own word for what it writes about: less than any mention. */
const defaultWeight = 1;

/**
 * The tags of an article: what was tagged, the parents of that, then its sources' defaults with their parents. Strongest
 * first, then by id; at most eight, and never a topic without its parents. A veto holds for parents and defaults too.
 */
export function chosen(
  topics: readonly TopicConfig[],
  judgements: readonly Judgement[],
  defaults: readonly { readonly topicId: string; readonly source: SourceId }[],
): TopicTag[] {
  const family = new Family(topics, judgements);
  for (const { topicId, score, because, tagged } of judgements) if (tagged) family.add({ topicId, score, because });
  for (const { topicId, source } of defaults) {
    family.add({
      topicId,
      score: defaultWeight,
      because: [{ phrase: source, field: 'source', offset: 0, weight: defaultWeight }],
    });
  }
  return family.strongest(topicsKept);
}

class Family {
  readonly #parents: ReadonlyMap<string, string | null>;
  readonly #vetoed: ReadonlySet<string>;
  /** By topic; `from` is the topic that was found, itself or a child. */
  readonly #tags = new Map<string, { readonly tag: TopicTag; readonly from: string }>();

  constructor(topics: readonly TopicConfig[], judgements: readonly Judgement[]) {
    this.#parents = new Map(topics.map(({ id, parent }) => [id, parent ?? null]));
    this.#vetoed = new Set(judgements.filter(({ vetoed }) => vetoed).map(({ topicId }) => topicId));
  }

  /** Gives the tag to its topic and all above it; each keeps the strongest that it was given. */
  add(tag: TopicTag): void {
    for (const topicId of this.#line(tag.topicId)) {
      const known = this.#tags.get(topicId);
      if (known && !comesFirst(tag, known.tag, known.from, topicId)) continue;
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

  // The topic and those above it that exist and are not vetoed; a circle ends where it closes.
  #line(topicId: string): string[] {
    const line = new Set<string>();
    let id: string | null = topicId;
    while (id !== null && this.#parents.has(id) && !line.has(id)) {
      line.add(id);
      id = this.#parents.get(id) ?? null;
    }
    return [...line].filter((each) => !this.#vetoed.has(each));
  }
}

// The stronger; of equals the topic's own, then the child with the lesser id, so that the order of the config never counts.
function comesFirst(tag: TopicTag, known: TopicTag, knownFrom: string, topicId: string): boolean {
  if (tag.score !== known.score) return tag.score > known.score;
  if (knownFrom === topicId) return false;
  return tag.topicId === topicId || tag.topicId < knownFrom;
}
