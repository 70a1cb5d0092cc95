/** Collects the evidence for each topic in one article, and judges each topic in the end. */
import type { Because, TopicTag } from '../model/article.js';
import type { MappedCategory } from './category.js';
import type { CompleteTopic } from './complete-topic.js';
import type { Field } from './fields.js';
import { findNearMatches } from './near-matches.js';
import type { FoundPhrases, PhraseHit } from './phrases/hit.js';
import type { Phrase } from './phrases/phrase.js';
import type { Use, Vocabulary } from './phrases/vocabulary.js';

/** `by`: the command's name. */
export interface GivenTopic {
  readonly topicId: string;
  readonly by: string;
}

/** The result for one topic. `tagged`: its conditions are met and the evidence weighs enough. */
export interface Judgement extends TopicTag {
  readonly tagged: boolean;
  /** Phrases of `none` that were found; any of them excludes the topic. */
  readonly vetoedBy: readonly string[];
  /** Phrases of `all` that were not found. */
  readonly missing: readonly string[];
}

/** Minimum weight for a tag: one mention in the title, or three in a long text. */
const threshold = 3;
/** Articles with fewer words are short. A mention anywhere in them weighs as much as in the title. */
const shortArticle = 120;
const shortWeight = 3;
const categoryWeight = 4;
/** A topic from a command needs no phrase; `none` excludes it. */
const givenWeight = 4;
/** More than the maximum of all other evidence. */
const editorsWeight = 100;
/** Mentions of one phrase that count per field. */
const mentionsCounted = 3;

const none: readonly string[] = [];

interface Mention {
  readonly phrase: number;
  readonly field: Field;
  readonly offset: number;
  readonly end: number;
  /** False for all but the first member of a `near` group, which has the weight of the group. */
  readonly weighs: boolean;
}

class Findings {
  /** Hits of `none` and of `all`, one phrase number each. */
  readonly vetoes: number[] = [];
  readonly all: number[] = [];
  /** Whether a phrase of `any` or a group of `near` was found. */
  positive = false;
  readonly hints: Omit<Mention, 'weighs'>[] = [];
  readonly mentions: Mention[] = [];
  category: MappedCategory | null = null;
  readonly given: string[] = [];
}

export class Evidence {
  readonly #topics: readonly CompleteTopic[];
  readonly #vocabulary: Vocabulary;
  readonly #findings = new Map<number, Findings>();
  #words = 0;
  #hasSummary = false;

  constructor(topics: readonly CompleteTopic[], vocabulary: Vocabulary) {
    this.#topics = topics;
    this.#vocabulary = vocabulary;
  }

  /** Adds the matches of one field. In an address only `any` phrases count. */
  add(field: Field, found: FoundPhrases): void {
    const address = field.name === 'url';
    if (!address) this.#words += found.words;
    if (field.name === 'summary') this.#hasSummary = true;
    const near = new Map<string, NearGroup>();
    const longer = found.hits.filter((hit) => this.#vocabulary.uses[hit.phrase]!.some(({ role }) => role === 'longer'));
    for (const hit of found.hits) {
      for (const use of this.#vocabulary.uses[hit.phrase]!) {
        const isReadyMade = use.role === 'name' || use.role === 'hint';
        if (use.role === 'longer' || (isReadyMade && longer.some((other) => isPartOfLonger(hit, other)))) continue;
        if (use.role === 'any') this.#mention(use.topic, field, hit).positive = true;
        else if (use.role === 'name') this.#mention(use.topic, field, hit).positive ||= !this.#isAside(field);
        else if (address) continue;
        else if (use.role === 'hint') this.#mention(use.topic, field, hit).hints.push({ ...hit, field });
        else if (use.role === 'none') this.#getFindings(use.topic).vetoes.push(hit.phrase);
        else if (use.role === 'all') this.#mention(use.topic, field, hit).all.push(hit.phrase);
        else if (use.role === 'near') addToGroup(near, use, hit);
      }
    }
    for (const group of near.values()) this.#together(group, field);
  }

  addCategories(mapped: readonly MappedCategory[]): void {
    for (const category of mapped) this.#getFindings(category.topic).category = category;
  }

  addGiven(given: readonly GivenTopic[]): void {
    for (const { topicId, by } of given) {
      const topic = this.#topics.findIndex(({ id }) => id === topicId);
      if (topic >= 0) this.#getFindings(topic).given.push(by);
    }
  }

  judgements(): Judgement[] {
    return [...this.#findings].map(([topic, findings]) => this.#judge(this.#topics[topic]!, findings));
  }

  /** Publishers mention the subject of an article in its summary. */
  #isAside(field: Field): boolean {
    return field.name === 'content' && this.#hasSummary;
  }

  #getFindings(topic: number): Findings {
    const known = this.#findings.get(topic);
    if (known) return known;
    const fresh = new Findings();
    this.#findings.set(topic, fresh);
    return fresh;
  }

  #mention(topic: number, field: Field, { phrase, offset, end }: PhraseHit): Findings {
    const findings = this.#getFindings(topic);
    findings.mentions.push({ phrase, field, offset, end, weighs: true });
    return findings;
  }

  #together({ topic, members }: NearGroup, field: Field): void {
    for (const match of findNearMatches(members)) {
      const findings = this.#getFindings(topic);
      findings.positive = true;
      match.forEach(({ phrase, offset, end }, index) => {
        findings.mentions.push({ phrase, field, offset, end, weighs: index === 0 });
      });
    }
  }

  #judge(topic: CompleteTopic, findings: Findings): Judgement {
    const because = this.#toBecause(findings);
    const score = because.reduce((sum, { weight }) => sum + weight, 0);
    const missing = this.#missing(topic, findings);
    const conditions =
      findings.category !== null ||
      findings.given.length > 0 ||
      (missing.length === 0 && (findings.positive || isSubject(findings, this.#hasSummary) || !requiresPhrase(topic)));
    const vetoes = findings.category?.byEditor === true ? [] : findings.vetoes;
    const tagged = vetoes.length === 0 && conditions && score >= threshold;
    return {
      topicId: topic.id,
      score,
      because,
      tagged,
      vetoedBy: vetoes.length === 0 ? none : this.#written(vetoes),
      missing,
    };
  }

  #missing({ all }: CompleteTopic, findings: Findings): readonly string[] {
    if (!all || all.length === 0) return none;
    const found = this.#written(findings.all);
    return all.filter((written) => !found.includes(written));
  }

  #written(phrases: readonly number[]): string[] {
    return [...new Set(phrases)].map((phrase) => this.#vocabulary.phrases[phrase]!.written).sort();
  }

  #toBecause({ mentions, category, given }: Findings): Because[] {
    const list: Because[] = [];
    if (category !== null) {
      const weight = category.byEditor ? editorsWeight : categoryWeight;
      list.push({ phrase: category.category, field: 'category', offset: 0, weight });
    }
    for (const by of given) list.push({ phrase: by, field: 'command', offset: 0, weight: givenWeight });
    const short = this.#words < shortArticle;
    for (const { phrase, field, offset, weighs } of countedMentions(mentions, this.#vocabulary.phrases)) {
      // What is mentioned only once, after the summary, is rarely the subject of a short article.
      const aside = field.name === 'url' || this.#isAside(field);
      const weight = short && !aside ? shortWeight : field.weight;
      list.push({
        phrase: this.#vocabulary.phrases[phrase]!.written,
        field: field.name,
        offset,
        weight: weighs ? weight : 0,
      });
    }
    return list;
  }
}

/** Whether the hints are more than a mention in passing. After a summary, the body alone is not enough. */
function isSubject({ hints }: Findings, hasSummary: boolean): boolean {
  if (hints.some(({ field }) => field.name === 'title')) return true;
  if (hasSummary && !hints.some(({ field }) => field.name === 'summary')) return false;
  // A word may match several phrases (hacker, hackers), or be a part of one.
  const whole = hints.filter((one) => !hints.some((two) => one.field === two.field && isPartOfLonger(one, two)));
  const found = new Map(whole.map(({ phrase, field, offset }) => [`${field.name} ${offset}`, phrase]));
  return new Set(found.values()).size > 1;
}

/** Whether a mention is only a part of a longer one: "Guinea" in "Papua New Guinea". */
function isPartOfLonger(part: Pick<PhraseHit, 'offset' | 'end'>, whole: Pick<PhraseHit, 'offset' | 'end'>): boolean {
  return part.offset >= whole.offset && part.end <= whole.end && part.end - part.offset < whole.end - whole.offset;
}

function requiresPhrase({ any, hints, near, hasNames }: CompleteTopic): boolean {
  return hasNames || [any, hints, near].some((list) => (list?.length ?? 0) > 0);
}

interface NearGroup {
  readonly topic: number;
  /** Hits by member of the group. */
  readonly members: readonly PhraseHit[][];
}

function addToGroup(near: Map<string, NearGroup>, use: Extract<Use, { role: 'near' }>, hit: PhraseHit): void {
  const key = `${use.topic} ${use.group}`;
  const group = near.get(key) ?? { topic: use.topic, members: Array.from({ length: use.size }, () => []) };
  near.set(key, group);
  group.members[use.member]!.push(hit);
}

// Overlapping mentions count once, under the longest phrase of the topic.
function countedMentions(mentions: readonly Mention[], phrases: readonly Phrase[]): readonly Mention[] {
  if (mentions.length < 2) return mentions;
  const sorted = [...mentions].sort((a, b) => compare(a, b, phrases));
  const times = new Map<string, number>();
  const kept: Mention[] = [];
  for (const mention of sorted) {
    const key = `${mention.phrase} ${mention.field.name} ${mention.weighs}`;
    const count = times.get(key) ?? 0;
    if (count >= mentionsCounted || kept.some((other) => overlaps(other, mention))) continue;
    times.set(key, count + 1);
    kept.push(mention);
  }
  return kept.sort((a, b) => rank(a.field) - rank(b.field) || a.offset - b.offset);
}

// Those with weight first; then by position, longer before shorter.
function compare(a: Mention, b: Mention, phrases: readonly Phrase[]): number {
  return (
    Number(b.weighs) - Number(a.weighs) ||
    rank(a.field) - rank(b.field) ||
    a.offset - b.offset ||
    b.end - a.end ||
    (phrases[a.phrase]!.written < phrases[b.phrase]!.written ? -1 : 1)
  );
}

/** A summary may be the beginning of the content, with the same mentions. */
function overlaps(a: Mention, b: Mention): boolean {
  const isCopy = a.field.name === 'summary' && b.field.name === 'content' && a.offset === b.offset && a.end === b.end;
  return isCopy || (a.field === b.field && a.offset < b.end && b.offset < a.end);
}

const order = ['title', 'summary', 'url', 'content'];
const rank = (field: Field): number => order.indexOf(field.name);
