/** Selects the lead article of a story, for feeds, pages and the library. */
import type { ArticleRef } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { StoryMember } from '../model/story.js';

export interface LeadRules {
  /** Preferred sources, best first. */
  readonly prefer: readonly SourceId[];
  /** The section's languages (ISO 639-1), best first. */
  readonly languages: readonly string[];
  /** The editor's choice. */
  readonly chosen: ReadonlySet<ArticleRef>;
}

/** Order: chosen, languages, preferred sources, the longest text, the earliest, the smallest id. Never a correction or a copy. */
export function selectLead(members: readonly StoryMember[], { prefer, languages, chosen }: LeadRules): StoryMember {
  const rank = (member: StoryMember) => {
    if (chosen.has(member.article)) return -1;
    return findPlace(languages, member.language) * (prefer.length + 1) + findPlace(prefer, member.sourceId);
  };
  const reports = members.filter(({ role }) => role === 'member');
  const refs = new Set(reports.map(({ article }) => article));
  // A copy leads only in the absence of its original.
  const originals = reports.filter(
    ({ article, copyOf }) => copyOf === null || chosen.has(article) || !refs.has(copyOf),
  );
  return originals.reduce((lead, member) => (precedes(member, lead, rank) ? member : lead));
}

function findPlace(list: readonly string[], wanted: string): number {
  const place = list.indexOf(wanted);
  return place < 0 ? list.length : place;
}

function precedes(a: StoryMember, b: StoryMember, rank: (member: StoryMember) => number): boolean {
  const difference =
    rank(a) - rank(b) || b.fullness - a.fullness || a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1);
  return difference < 0;
}
