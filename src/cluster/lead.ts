/** Selects the lead article of a story, for feeds, pages and the library. */
import type { ArticleRef } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { StoryMember } from '../model/story.js';

/** Order: the editor's choice, `prefer`, the longest text, the earliest, the smallest id. Never a correction. */
export function selectLead(
  members: readonly StoryMember[],
  prefer: readonly SourceId[],
  chosen: ReadonlySet<ArticleRef> = new Set(),
): StoryMember {
  const rank = (member: StoryMember) => {
    if (chosen.has(member.article)) return -1;
    const place = prefer.indexOf(member.sourceId);
    return place < 0 ? prefer.length : place;
  };
  return members
    .filter(({ role }) => role === 'member')
    .reduce((lead, member) => (precedes(member, lead, rank) ? member : lead));
}

function precedes(a: StoryMember, b: StoryMember, rank: (member: StoryMember) => number): boolean {
  const difference =
    rank(a) - rank(b) || b.fullness - a.fullness || a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1);
  return difference < 0;
}
