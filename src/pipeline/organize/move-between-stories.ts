/** Moves articles between stories as the editor decided. */

import type { LeadRules } from '../../cluster/lead.js';
import { createStoryId } from '../../cluster/story-id.js';
import { overlap, sameText } from '../../cluster/text/minhash.js';
import type { ArticleRef } from '../../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { StoryChanges } from '../../ports/store/stories.js';
import { toMultiSourceStory, withCopies } from '../facts/multi-source-stories.js';
import { recordRelisted } from '../facts/relisted.js';
import { addAll, type ChangedArticles } from './changed-articles.js';

export interface DeskStory {
  readonly ref: ArticleRef;
  readonly how: 'with' | 'apart';
  readonly other: ArticleRef;
}

interface MovedFrom {
  /** null: it was already in place. */
  readonly from: StoryRef | null;
  /** Its role there: a correction of its own source. */
  readonly was?: 'correction';
  /** The story that it led and that moved with it. */
  readonly led?: LedStory;
}

type MovedArticle = DeskStory & MovedFrom;

/** A story without its lead, with enough data to restore it. */
interface LedStory extends Pick<StoryRecord, 'id' | 'language' | 'textLength' | 'daily'> {
  readonly others: readonly ArticleRef[];
  readonly keys: readonly number[];
  readonly keyWeights: readonly number[];
}

const MOVED = 'desk.moved';

export interface MovingDeps {
  readonly store: Store;
  readonly siteHost: string;
  readonly leads: LeadRules;
}

/** Requires a story for every article. Repeats moves that clustering undid and reverts removed moves. */
export async function moveBetweenStories(
  deps: MovingDeps,
  wanted: readonly DeskStory[],
  changed: ChangedArticles,
): Promise<void> {
  const { store } = deps;
  const moved = await readMovedArticles(store);
  if (moved.length === 0 && wanted.length === 0) return;
  const before = new Map(moved.map((one) => [toName(one), one]));
  const names = new Set(wanted.map(toName));
  const mover = new StoryMover(deps);
  for (const [name, gone] of before) if (!names.has(name)) await mover.moveBack(gone);
  const moves = new Map<DeskStory, MovedArticle>();
  for (const one of sortOthersFirst(wanted)) {
    const { from = null, was, led } = before.get(toName(one)) ?? {};
    const known = { from, ...(was && { was }), ...(led && { led }) };
    moves.set(one, { ...one, ...((await mover.move(one)) ?? known) });
  }
  const now = wanted.map((one) => moves.get(one)!);
  const next = JSON.stringify(now);
  if (next !== JSON.stringify(moved)) await store.saveMeta(MOVED, now.length === 0 ? null : next);
  addAll(changed.moved, await withCopies(store, [...mover.touched]));
  addAll(changed.regrouped, changed.moved);
}

/** If the other article of a move is moved too, it moves first. */
function sortOthersFirst(wanted: readonly DeskStory[]): ReadonlySet<DeskStory> {
  const byRef = new Map(wanted.map((one) => [one.ref, one]));
  const ordered = new Set<DeskStory>();
  for (const one of wanted) {
    const line = new Set<DeskStory>();
    for (let at: DeskStory | undefined = one; at !== undefined && !line.has(at); at = byRef.get(at.other)) line.add(at);
    for (const each of [...line].reverse()) ordered.add(each);
  }
  return ordered;
}

function toName({ ref, how, other }: DeskStory): string {
  return `${ref} ${how} ${other}`;
}

/** Articles that the editor moved. */
export async function readMovedArticles(store: Pick<Store, 'readJson'>): Promise<readonly MovedArticle[]> {
  return (await store.readJson<MovedArticle[]>(MOVED)) ?? [];
}

export class StoryMover {
  readonly touched = new Set<ArticleRef>();

  constructor(private readonly deps: MovingDeps) {}

  /**
   * A lead moves together with its multi-source story; other articles move alone. A joined correction becomes a member.
   * Resolves with the previous place; null: not moved.
   */
  async move({ ref, how, other }: DeskStory): Promise<MovedFrom | null> {
    const [own, others] = await this.findStories(ref, other);
    if (own === null || others === null || (how === 'apart' && own !== others)) return null;
    const left = await this.readStory(own);
    const was = left?.members.find(({ article }) => article === ref)?.role;
    if (left === null || (own === others && how === 'with' && was === 'member')) return null;
    if (how === 'with' && own !== others && this.isLed(ref, left)) return await this.moveStory(ref, left, others);
    await this.moveArticle(ref, own, how === 'with' ? others : null, { role: 'member' });
    return { from: own, ...(was === 'correction' && { was }) };
  }

  private isLed(ref: ArticleRef, story: StoryRecord): boolean {
    const { lead, members } = toMultiSourceStory(story, this.deps.leads);
    const sources = story.members.flatMap(({ article, sourceId }) => (members.includes(article) ? sourceId : []));
    return lead === ref && new Set(sources).size > 1;
  }

  private async moveStory(ref: ArticleRef, left: StoryRecord, into: StoryRef): Promise<MovedFrom | null> {
    const target = await this.readStory(into);
    if (target === null) return null;
    const { id, language, textLength, daily, keys, keyWeights, members } = left;
    const all = [...target.members, ...members];
    await this.save([withMembers(target, all)], [{ ref: left.ref, into }], all);
    const others = members.flatMap(({ article }) => (article === ref ? [] : article));
    const led = { id, language, textLength, daily, keys: [...keys], keyWeights: [...keyWeights], others };
    return { from: left.ref, led };
  }

  /** Returns it to its previous story. If that is gone, separates what was joined or joins what was separated. */
  async moveBack({ ref, how, other, from, was, led }: MovedArticle): Promise<void> {
    const [own, others] = await this.findStories(ref, other);
    if (own === null || (how === 'with') !== (own === others)) return;
    const before = from === null ? null : await this.readStory(from);
    if (before === null && from !== null && led !== undefined) return await this.separateAgain(ref, own, from, led);
    const target = before?.ref ?? (how === 'apart' ? others : null);
    if (target !== own || was !== undefined)
      await this.moveArticle(ref, own, target, { role: was ?? 'member', isFolded: true });
  }

  private async separateAgain(ref: ArticleRef, own: StoryRef, from: StoryRef, led: LedStory): Promise<void> {
    const story = await this.readStory(own);
    const group = new Set([ref, ...led.others]);
    const back = repairRoles(story?.members.filter(({ article }) => group.has(article)) ?? []);
    const rest = repairRoles(story?.members.filter(({ article }) => !group.has(article)) ?? []);
    if (story === null || back.length === 0 || rest.length === 0) return;
    const { others: _, ...known } = led;
    const keys = Int32Array.from(led.keys);
    const again = { ...known, ref: from, keys, keyWeights: Float32Array.from(led.keyWeights) };
    await this.save([withMembers(story, rest), withMembers(again, back)], [], story.members);
  }

  private async findStories(a: ArticleRef, b: ArticleRef): Promise<[StoryRef | null, StoryRef | null]> {
    const stories = await this.deps.store.findStoryRefs([a, b]);
    return [stories.get(a) ?? null, stories.get(b) ?? null];
  }

  private async readStory(ref: StoryRef): Promise<StoryRecord | null> {
    return (await this.deps.store.stories([ref]))[0] ?? null;
  }

  /** `to` null: a new story; `to` equal to `from`: a new role. Keeps terms. `isFolded`: may be folded behind a copy. */
  async moveArticle(
    ref: ArticleRef,
    from: StoryRef,
    to: StoryRef | null,
    { role, isFolded = false }: { readonly role: StoryMember['role']; readonly isFolded?: boolean },
  ): Promise<void> {
    const left = await this.readStory(from);
    const member = left?.members.find(({ article }) => article === ref);
    if (left === null || member === undefined || (to === null && left.members.length === 1)) return;
    const others = left.members.filter((one) => one !== member);
    const single: StoryMember = { ...member, copyOf: null, role: to === null ? 'member' : role };
    if (to === from) return await this.save([withMembers(left, repairRoles([...others, single]))], [], left.members);
    const rest = repairRoles(others);
    const target = to === null ? null : await this.readStory(to);
    const copyOf = target === null || !isFolded ? null : findFirstCopy(single, target.members);
    const joined = target === null ? await this.createStory(single, left) : withMembers(target, [...target.members, { ...single, copyOf }]); // biome-ignore format: one choice
    await this.save(
      rest.length === 0 ? [joined] : [withMembers(left, rest), joined],
      rest.length === 0 ? [{ ref: left.ref, into: joined.ref }] : [],
      [...left.members, ...joined.members],
    );
  }

  /** `members`: of all changed stories. */
  async save(
    stories: readonly StoryRecord[],
    merged: StoryChanges['merged'],
    members: readonly StoryMember[],
  ): Promise<void> {
    const refs = members.map(({ article }) => article);
    await recordRelisted(this.deps.store, refs);
    const nothingClustered = { terms: [], clusteredUpTo: 0, closedBefore: 0, mayShrink: true };
    await this.deps.store.saveStories({ stories, merged, ...nothingClustered });
    for (const ref of refs) this.touched.add(ref);
  }

  /** Without terms, so that clustering neither extends nor merges it. */
  private async createStory(member: StoryMember, { language }: StoryRecord): Promise<StoryRecord> {
    const isFree = (await this.deps.store.stories([member.article])).length === 0;
    const ref = isFree ? member.article : await this.deps.store.reserveRefs(1);
    const [article] = await this.deps.store.articles([member.article]);
    const seenAt = article?.firstSeenAt.getTime() ?? member.publishedAt;
    const id = await this.findFreeId(isFree ? member.id : `${member.id} apart`, seenAt);
    const about = { language, textLength: 0, daily: false, keys: new Int32Array(), keyWeights: new Float32Array() };
    return withMembers({ ref, id, ...about }, [member]);
  }

  /** The articles that joined may keep a story with the same id that this article left before. */
  private async findFreeId(name: string, seenAt: number): Promise<string> {
    for (let n = 1; ; n++) {
      const id = createStoryId(n === 1 ? name : `${name} ${n}`, this.deps.siteHost, seenAt);
      if (!(await this.deps.store.storyIds([id])).has(id)) return id;
    }
  }
}

/** Dates come from reports: at least one member must not be a correction. */
function withMembers(
  story: Omit<StoryRecord, 'firstAt' | 'lastAt' | 'members'>,
  members: readonly StoryMember[],
): StoryRecord {
  const dates = members.flatMap(({ role, publishedAt }) => (role === 'member' ? publishedAt : []));
  return { ...story, firstAt: Math.min(...dates), lastAt: Math.max(...dates), members };
}

function findFirstCopy({ role, sourceId, signature }: StoryMember, members: readonly StoryMember[]): ArticleRef | null {
  const isFirst = (one: StoryMember) =>
    one.role === 'member' &&
    one.copyOf === null &&
    one.sourceId !== sourceId &&
    overlap(one.signature, signature) >= sameText;
  return role === 'correction' ? null : (members.find(isFirst)?.article ?? null);
}

/** Promotes the first copy of an absent original, and the first correction if no report is left. */
function repairRoles(members: readonly StoryMember[]): readonly StoryMember[] {
  const refs = new Set(members.map(({ article }) => article));
  const heirs = new Map<ArticleRef, StoryMember>();
  const known = members.map((one) => {
    if (one.copyOf === null || refs.has(one.copyOf)) return one;
    const heir = heirs.get(one.copyOf) ?? one;
    heirs.set(one.copyOf, heir);
    return { ...one, copyOf: heir.sourceId === one.sourceId ? null : heir.article };
  });
  if (known.some(({ role }) => role === 'member')) return known;
  return known.map((one, i) => (i === 0 ? { ...one, role: 'member' } : one));
}
