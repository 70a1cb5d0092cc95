/** Chooses which of several near-duplicates is shown for the others where duplicates are folded. */
import type { ArticleRef } from '../model/article.js';
import type { StoryMember } from '../model/story.js';
import type { OpenStories, OpenStory } from './open-stories.js';

/**
 * Among copies that are all new in this run (`fresh`), the earliest published is canonical, then by source, then by id; a copy
 * from an earlier run stays canonical. Articles of one source are never folded together.
 */
export function chooseCanonicalCopy(live: OpenStories, fresh: ReadonlySet<ArticleRef>): void {
  for (const story of live.all) if (story.changed && story.size > 1) chooseCopies(story, fresh);
}

function chooseCopies(story: OpenStory, fresh: ReadonlySet<ArticleRef>): void {
  const groups = new Map<ArticleRef, StoryMember[]>();
  for (const member of story.members) {
    if (member.copyOf === null || !fresh.has(member.copyOf)) continue;
    groups.set(member.copyOf, [...(groups.get(member.copyOf) ?? []), member]);
  }
  if (groups.size === 0) return;
  const canonical = new Map<ArticleRef, ArticleRef | null>();
  for (const [first, copies] of groups) {
    const all = [story.members.find(({ article }) => article === first)!, ...copies].sort(beforeOthers);
    for (const { article, sourceId } of all) {
      canonical.set(article, article === all[0]!.article || sourceId === all[0]!.sourceId ? null : all[0]!.article);
    }
  }
  story.members = story.members.map((member) => {
    const copyOf = canonical.get(member.article);
    return copyOf === undefined ? member : { ...member, copyOf };
  });
}

function beforeOthers(a: StoryMember, b: StoryMember): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt - b.publishedAt;
  if (a.sourceId !== b.sourceId) return a.sourceId < b.sourceId ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
