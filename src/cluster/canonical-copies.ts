/** Selects the near-duplicate that is shown, with the others folded behind it. */

import type { ArticleRef } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { StoryMember } from '../model/story.js';
import { areSimilarHeadlines } from '../text/alike.js';
import { compareText } from '../text/compare.js';
import { overlap, sameText } from './text/minhash.js';

/** A copy, with facts that indicate the original. */
export interface Copy {
  readonly ref: ArticleRef;
  readonly id: string;
  readonly sourceId: SourceId;
  /** Milliseconds, like all dates here. */
  readonly publishedAt: number;
  readonly firstSeenAt: number;
  /** True: an earlier run showed it with the others folded behind it. */
  readonly isShown: boolean;
  /** Its date is before a read of its source that did not contain it yet, or no earlier read is known. */
  readonly isBackdated: boolean;
  readonly publication: string;
  readonly site: string | null;
  /** The publication that it credits: normalised name, and site; null: none. */
  readonly origin: { readonly name: string; readonly site: string | null } | null;
}

/** Order: without a credit, shown earlier, seen first, earliest (backdated last), source, id. */
export function selectCanonicalCopy(copies: readonly Copy[]): Copy {
  const creditsAnother = ({ origin, sourceId, site }: Copy) =>
    origin !== null &&
    copies.some(
      (other) =>
        other.sourceId !== sourceId &&
        (other.publication === origin.name ||
          (origin.site !== null && origin.site !== site && other.site === origin.site)),
    );
  const order = (a: Copy, b: Copy) =>
    Number(creditsAnother(a)) - Number(creditsAnother(b)) ||
    Number(b.isShown) - Number(a.isShown) ||
    a.firstSeenAt - b.firstSeenAt ||
    Number(a.isBackdated) - Number(b.isBackdated) ||
    a.publishedAt - b.publishedAt ||
    compareText(a.sourceId, b.sourceId) ||
    compareText(a.id, b.id);
  return [...copies].sort(order)[0]!;
}

/** The groups of copies that contain one of `refs`: each with the shown copy first. */
export function findCopyGroups(members: readonly StoryMember[], refs: ReadonlySet<ArticleRef>): StoryMember[][] {
  const groups = new Map<ArticleRef, StoryMember[]>();
  for (const member of members) {
    if (member.copyOf !== null) groups.set(member.copyOf, [...(groups.get(member.copyOf) ?? []), member]);
  }
  return [...groups]
    .map(([first, copies]) => [...members.filter(({ article }) => article === first), ...copies])
    .filter((group) => group.some(({ article }) => refs.has(article)));
}

/** The members with these copies folded behind the canonical one. Never folds copies of one source. */
export function foldCopies(
  members: readonly StoryMember[],
  group: readonly Pick<StoryMember, 'article'>[],
  { ref, sourceId }: Pick<Copy, 'ref' | 'sourceId'>,
): StoryMember[] {
  const refs = new Set(group.map(({ article }) => article));
  return members.map((member) =>
    refs.has(member.article) ? { ...member, copyOf: member.sourceId === sourceId ? null : ref } : member,
  );
}

/** Keeps texts that are still near-duplicates, with similar headlines. @param titleOf null: no longer known */
export function keepSimilarCopies(
  group: readonly StoryMember[],
  changed: ReadonlySet<ArticleRef>,
  titleOf: (ref: ArticleRef) => string | null,
): StoryMember[][] {
  const parts: StoryMember[][] = [];
  for (const member of group) {
    const isSimilar = (other: StoryMember) =>
      (!changed.has(member.article) && !changed.has(other.article)) ||
      (overlap(member.signature, other.signature) >= sameText &&
        haveSimilarTitles(titleOf(member.article), titleOf(other.article)));
    const near = parts.filter((part) => part.some(isSimilar));
    for (const part of near) parts.splice(parts.indexOf(part), 1);
    parts.push([...near.flat(), member]);
  }
  return parts;
}

function haveSimilarTitles(one: string | null, other: string | null): boolean {
  return one === null || other === null || areSimilarHeadlines(one, other);
}
