/** Near-duplicates as they were folded: what stood alone stands alone, and what stood in its source's channel alone has a copy that stands for it. */
import { overlap } from '../../cluster/text/minhash.js';
import type { ArticleRef } from '../../model/article.js';
import type { StoryMember, StoryRecord } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { RestoredArticle } from './articles.js';

/** Stories read at once. */
const BATCH = 500;

export async function restoreCopies(articles: readonly RestoredArticle[], store: Store): Promise<void> {
  const hidden = new Set(articles.flatMap(({ channels, article }) => (channels.includes('all') ? [] : [article.ref])));
  const refs = articles.map(({ article }) => article.ref);
  for (let from = 0; from < refs.length; from += BATCH) {
    const batch = refs.slice(from, from + BATCH);
    const groups = await store.copiesOf(batch);
    const wanted = batch.filter((ref) => hidden.has(ref) || groups.get(ref) !== undefined);
    const seats = await store.storiesOf(wanted);
    const changed = (await store.stories([...new Set(seats.values())])).flatMap((record) => settled(record, hidden));
    if (changed.length > 0) await save(changed, store);
  }
}

/** The story with its copies as published; none where they are so already. */
function settled(record: StoryRecord, hidden: ReadonlySet<ArticleRef>): StoryRecord[] {
  const members = record.members.map((member) => {
    const copyOf = hidden.has(member.article) ? standIn(member, record, hidden) : null;
    return copyOf === member.copyOf ? member : { ...member, copyOf };
  });
  return members.every((member, i) => member === record.members[i]) ? [] : [{ ...record, members }];
}

/** The copy that clustering found, where it is shown; else the one of another source that says most of the same. */
function standIn(member: StoryMember, { members }: StoryRecord, hidden: ReadonlySet<ArticleRef>): ArticleRef | null {
  if (member.copyOf !== null && !hidden.has(member.copyOf)) return member.copyOf;
  const shown = members.filter(({ article, sourceId }) => !hidden.has(article) && sourceId !== member.sourceId);
  const alike = shown.map(({ article, signature }) => ({ article, alike: overlap(signature, member.signature) }));
  return alike.sort((a, b) => b.alike - a.alike || a.article - b.article)[0]?.article ?? null;
}

async function save(stories: readonly StoryRecord[], store: Store): Promise<void> {
  await store.saveStories({
    stories,
    merged: [],
    terms: [],
    clusteredUpTo: 0,
    closedBefore: Number.NEGATIVE_INFINITY,
  });
}
