/** Reads what a command returned about articles, and cleans it like feed content. */

import type { EnrichCommand, MachineAnswer } from '../model/machine.js';
import { sanitizeHtml } from '../sanitize/sanitize.js';
import { cutText } from '../text/cut.js';
import { toLanguageTag } from '../text/language.js';
import { isRecord } from '../text/record.js';
import { toPlainLine, toProse } from './plain-text.js';
import { SUMMARY_LIMIT } from './summary.js';

export interface AnswerContext {
  readonly command: Pick<EnrichCommand, 'as' | 'of' | 'language'>;
  /** Ids of the section's topics. */
  readonly topics: ReadonlySet<string>;
  /** The articles that the command received, by id. */
  readonly asked: ReadonlyMap<string, { readonly url: string; readonly language: string | null }>;
}

export interface ReadAnswers {
  /** By id. Of two answers about one article the first counts. */
  readonly answers: ReadonlyMap<string, MachineAnswer>;
  /** Number of invalid lines. */
  readonly unread: number;
  /** Topics that the section does not have, sorted. */
  readonly unknownTopics: readonly string[];
}

const MOST_TOPICS = 8;
/** In characters. */
const TEXT_LIMIT = 20_000;

/** Never throws. @param lines JSON objects, each with the `id` of its article. */
export function readAnswers(lines: readonly string[], context: AnswerContext): ReadAnswers {
  const answers = new Map<string, MachineAnswer>();
  const unknown = new Set<string>();
  let unread = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const given = parseObject(line);
    const id = typeof given?.id === 'string' ? given.id : '';
    const about = context.asked.get(id);
    if (given === null || about === undefined) unread++;
    else if (!answers.has(id)) answers.set(id, cleanAnswer(given, about, context, unknown));
  }
  return { answers, unread, unknownTopics: [...unknown].sort() };
}

type Given = Readonly<Record<string, unknown>>;

function parseObject(line: string): Given | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function cleanAnswer(
  given: Given,
  { url, language }: { readonly url: string; readonly language: string | null },
  { command, topics }: AnswerContext,
  unknown: Set<string>,
): MachineAnswer {
  const { as, of } = command;
  const translates = (field: 'title' | 'summary' | 'content') => as === 'translation' && of.includes(field);
  const content = translates('content') ? sanitizeHtml(toText(given.content), { baseUrl: url }) : '';
  return {
    language: as === 'topics' ? null : (toLanguageTag(toText(given.language) || null) ?? command.language ?? language),
    title: translates('title') ? toPlainLine(toPlainText(given.title)) || null : null,
    summary: as === 'summary' || translates('summary') ? cleanSummary(given.summary) : null,
    contentHtml: content || null,
    topics: as === 'topics' ? selectTopics(given.topics, topics, unknown) : [],
  };
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toPlainText(value: unknown) {
  return { type: 'text', value: toText(value).slice(0, TEXT_LIMIT), base: null } as const;
}

function cleanSummary(value: unknown): string | null {
  return cutText(toProse(toPlainText(value), TEXT_LIMIT).replaceAll('\n', ' '), SUMMARY_LIMIT) || null;
}

function selectTopics(value: unknown, known: ReadonlySet<string>, unknown: Set<string>): string[] {
  const named = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  for (const id of named) if (!known.has(id) && unknown.size < MOST_TOPICS) unknown.add(id.slice(0, 60));
  return [...new Set(named.filter((id) => known.has(id)))].slice(0, MOST_TOPICS);
}
