/** Moves articles between stories as the editor wants it, after clustering; back where the wish is gone. */
import { storyIdOf } from '../../cluster/story-id.js';
import type { ArticleRef } from '../../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { withCopies } from '../publish/multi-source-stories.js';
import { noteRelisted } from './relisted.js';

/** An article whose story the editor chose. */
export interface DeskStory {
  readonly ref: ArticleRef;
  readonly how: 'with' | 'apart';
  readonly other: ArticleRef;
}

/** `from`: the story that it was in before; null: it did not have to be moved. */
interface MovedArticle extends DeskStory {
  readonly from: StoryRef | null;
}

/** Meta key of the articles that were moved. */
const MOVED = 'desk.moved';

/** `news`: whether clustering may have undone a move. Returns the articles whose near-duplicates may have changed. */
export async function moveBetweenStories(
  store: Store,
  wanted: readonly DeskStory[],
  news: boolean,
  siteHost: string,
): Promise<readonly ArticleRef[]> {
  const moved = await movedArticles(store);
  if (moved.length === 0 && wanted.length === 0) return [];
  const before = new Map(moved.map((one) => [nameOf(one), one]));
  const names = wanted.map(nameOf);
  if (!news && names.join() === [...before.keys()].join()) return [];
  const mover = new StoryMover(store, siteHost);
  for (const [name, gone] of before) if (!names.includes(name)) await mover.moveBack(gone);
  const now: MovedArticle[] = [];
  for (const one of wanted) {
    const from = before.get(nameOf(one))?.from ?? null;
    now.push({ ...one, from: (await mover.move(one)) ?? from });
  }
  const next = JSON.stringify(now);
  if (next !== JSON.stringify(moved)) await store.saveMeta(MOVED, now.length === 0 ? null : next);
  if (mover.touched.size === 0) return [];
  return await withCopies(store, [...mover.touched]);
}

function nameOf({ ref, how, other }: DeskStory): string {
  return `${ref} ${how} ${other}`;
}

/** Articles that the editor moved between stories. STORE_CORRUPT where the note is not what was written. */
export async function movedArticles(store: Pick<Store, 'note'>): Promise<readonly MovedArticle[]> {
  return ((await store.note(MOVED, Array.isArray)) as MovedArticle[] | null) ?? [];
}

class StoryMover {
  /** Members of all stories that changed. */
  readonly touched = new Set<ArticleRef>();
  readonly #store: Store;
  readonly #siteHost: string;

  constructor(store: Store, siteHost: string) {
    this.#store = store;
    this.#siteHost = siteHost;
  }

  /** Returns the story that the article left; null: it did not need to. */
  async move({ ref, how, other }: DeskStory): Promise<StoryRef | null> {
    const [own, others] = await this.#storiesOf(ref, other);
    if (own === null || others === null) return null;
    if (how === 'with' && own === others) await this.#tell(ref, own);
    if ((own === others) === (how === 'with')) return null;
    await this.#into(ref, own, how === 'with' ? others : null);
    return own;
  }

  /** What the editor joins is a report of its own, even where it looked like a correction of an earlier one. */
  async #tell(ref: ArticleRef, of: StoryRef): Promise<void> {
    const [story] = await this.#store.stories([of]);
    if (story?.members.every(({ article, role }) => article !== ref || role === 'member') !== false) return;
    const members = story.members.map((one) => (one.article === ref ? asReport(one) : one));
    await noteRelisted(
      this.#store,
      members.map(({ article }) => article),
    );
    await this.#save([{ ...story, members }], []);
    for (const { article } of members) this.touched.add(article);
  }

  async #save(stories: readonly StoryRecord[], merged: readonly { ref: StoryRef; into: StoryRef }[]): Promise<void> {
    await this.#store.saveStories({ stories, merged, terms: [], clusteredUpTo: 0, closedBefore: 0, mayShrink: true });
  }

  /** Into the story that it was in, if that is still there; else what was joined is parted, and what was parted joined. */
  async moveBack({ ref, how, other, from }: MovedArticle): Promise<void> {
    const [own, others] = await this.#storiesOf(ref, other);
    if (own === null || (how === 'with') !== (own === others)) return;
    const [before] = from === null ? [] : await this.#store.stories([from]);
    const target = before?.ref ?? (how === 'apart' ? others : null);
    if (target !== own) await this.#into(ref, own, target);
  }

  async #storiesOf(a: ArticleRef, b: ArticleRef): Promise<[StoryRef | null, StoryRef | null]> {
    const stories = await this.#store.storiesOf([a, b]);
    return [stories.get(a) ?? null, stories.get(b) ?? null];
  }

  /** `to` null: into a story of its own. What the stories are about stays as clustering has it. */
  async #into(ref: ArticleRef, from: StoryRef, to: StoryRef | null): Promise<void> {
    const found = await this.#store.stories(to === null ? [from] : [from, to]);
    const left = found.find((story) => story.ref === from);
    const member = left?.members.find(({ article }) => article === ref);
    if (left === undefined || member === undefined || (to === null && left.members.length === 1)) return;
    const single = asReport(member);
    const rest = left.members
      .filter((one) => one !== member)
      .map((one) => (one.copyOf === ref ? { ...one, copyOf: null } : one));
    const target = found.find((story) => story.ref === to);
    const joined = target === undefined ? await this.#storyOf(single, left) : withMember(target, single);
    const members = [...left.members, ...joined.members].map(({ article }) => article);
    await noteRelisted(this.#store, members);
    await this.#save(
      rest.length === 0 ? [joined] : [{ ...left, members: rest }, joined],
      rest.length === 0 ? [{ ref: left.ref, into: joined.ref }] : [],
    );
    for (const article of members) this.touched.add(article);
  }

  /** Without terms: no later article joins it, and it joins no other. */
  async #storyOf(member: StoryMember, { language }: StoryRecord): Promise<StoryRecord> {
    const isFree = (await this.#store.stories([member.article])).length === 0;
    const ref = isFree ? member.article : await this.#store.reserveRefs(1);
    const [article] = await this.#store.articles([member.article]);
    const seenAt = article?.firstSeenAt.getTime() ?? member.publishedAt;
    return {
      ref,
      id: storyIdOf(isFree ? member.id : `${member.id} apart`, this.#siteHost, seenAt),
      language,
      firstAt: member.publishedAt,
      lastAt: member.publishedAt,
      textLength: 0,
      daily: false,
      keys: new Int32Array(),
      keyWeights: new Float32Array(),
      members: [member],
    };
  }
}

function asReport(member: StoryMember): StoryMember {
  return { ...member, copyOf: null, role: 'member' };
}

function withMember(story: StoryRecord, member: StoryMember): StoryRecord {
  return {
    ...story,
    firstAt: Math.min(story.firstAt, member.publishedAt),
    lastAt: Math.max(story.lastAt, member.publishedAt),
    members: [...story.members, member],
  };
}
