/** Selects the lead article of a story, for feeds, pages and the library. */
import type { ArticleRef } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { StoryMember } from '../model/story.js';
import { unpackVector } from './terms/packed-vector.js';
import { shareHashes } from './text/minhash.js';

export interface LeadRules {
  /** Preferred sources, best first. */
  readonly prefer: readonly SourceId[];
  /** The section's languages (ISO 639-1), best first. */
  readonly languages: readonly string[];
  /** The editor's choice. */
  readonly chosen: ReadonlySet<ArticleRef>;
}

/** A report of at least this share of the longest one's length is full. */
export const FULL = 0.5;

/**
 * The newest full report among the chosen ones, else those in the first language, of the first preferred source. Ties: the
 * longest, the smallest id. Never a correction or a copy. A text made of several others leads only if its source is
 * preferred, or if all are such texts.
 */
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
  const select = (from: readonly StoryMember[]) => {
    const best = Math.min(...from.map(rank));
    return selectNewest(from.filter((member) => rank(member) === best));
  };
  const first = select(originals);
  const mayLead = (one: StoryMember) =>
    chosen.has(one.article) || prefer.includes(one.sourceId) || !isMixed(one, originals);
  if (originals.length < 3 || mayLead(first)) return first;
  const others = originals.filter(mayLead);
  return others.length === 0 ? first : select(others);
}

/** A text of thirds of three others shares a fifth of its hashes with each, one of halves a third. */
const MIXED = 0.55;
/** More than reports of one event have in common by chance. */
const PART = 0.1;
/** What a mix takes from others than the one that it takes most from. */
const REST = 0.15;

/** Whether its text is mostly made of earlier ones that have little in common: versions of one text are not a mix. */
function isMixed({ signature, sourceId, publishedAt }: StoryMember, reports: readonly StoryMember[]): boolean {
  const shared = reports
    .filter((one) => one.sourceId !== sourceId && one.publishedAt <= publishedAt)
    .map((one) => ({ one, share: shareHashes(signature, [one.signature]) }))
    .filter(({ share }) => share >= PART)
    .sort((a, b) => b.share - a.share || (a.one.id < b.one.id ? -1 : 1));
  const parts: Uint16Array[] = [];
  for (const { one } of shared) if (shareHashes(one.signature, parts) < PART) parts.push(one.signature);
  const share = shareHashes(signature, parts);
  return share >= MIXED && share - shared[0]!.share >= REST;
}

/** Shorter texts share words by chance. */
const LIST_TEXT = 300;
/** Share of a list of names, by weight, that earlier reports of others contain. */
const NAMES_SHARE = 0.95;
/** Share of a list of headlines, by weight, that the headlines of others contain. */
const HEADLINE_SHARE = 0.9;

/**
 * Sets the fullness of texts that only list the names or headlines of earlier reports to 0, so that another report
 * leads. A list of names has the words of others, but in another order. Members without a vector stay as they are.
 */
export function emptyLists(members: readonly StoryMember[]): StoryMember[] {
  /** The source of each word (`w`), headline word (`h`) and pair of words so far; null: several. */
  const used = new Map<string, SourceId | null>();
  const lists = new Set<ArticleRef>();
  for (const { article, sourceId, vector, fullness } of [...members].sort(compareAge)) {
    if (vector === null) continue;
    const { terms, weights, titles, pairs } = unpackVector(vector);
    const isOthers = (key: string) => used.has(key) && used.get(key) !== sourceId;
    const share = (kind: 'h' | 'w') =>
      weights.reduce((sum, weight, at) => sum + (isOthers(`${kind}${terms[at]}`) ? weight ** 2 : 0), 0);
    const neighbours = Array.from(pairs, (pair) => `${terms[pair >> 8]} ${terms[pair & 0xff]}`);
    const isNames = share('w') >= NAMES_SHARE && neighbours.filter(isOthers).length < neighbours.length / 2;
    if (fullness >= LIST_TEXT && (isNames || share('h') >= HEADLINE_SHARE)) lists.add(article);
    const words = [...terms].flatMap((term, at) => (titles[at] === 1 ? [`w${term}`, `h${term}`] : `w${term}`));
    for (const key of [...words, ...neighbours]) used.set(key, isOthers(key) ? null : sourceId);
  }
  return members.map((member) => (lists.has(member.article) ? { ...member, fullness: 0 } : member));
}

/** Oldest first; ties by id. */
export function compareAge<T extends Pick<StoryMember, 'publishedAt' | 'id'>>(a: T, b: T): number {
  return a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1);
}

function selectNewest(reports: readonly StoryMember[]): StoryMember {
  const longest = Math.max(...reports.map(({ fullness }) => fullness));
  const full = reports.filter(({ fullness }) => fullness >= FULL * longest);
  return full.reduce((lead, member) => (precedes(member, lead) ? member : lead));
}

function findPlace(list: readonly string[], wanted: string): number {
  const place = list.indexOf(wanted);
  return place < 0 ? list.length : place;
}

function precedes(a: StoryMember, b: StoryMember): boolean {
  return (b.publishedAt - a.publishedAt || b.fullness - a.fullness || (a.id < b.id ? -1 : 1)) < 0;
}
