/** Creates the summary of an article: plain, short, without suffixes of publishing software. */
import type { Category } from '../model/item.js';
import { cutText } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';
import { removeBoilerplate } from './boilerplate.js';
import { stripReadMoreSuffixes } from './read-more-suffixes.js';

export const SUMMARY_LIMIT = 500;

export interface Repeated {
  /** Alone or followed by the name of a publication; empty: missing. */
  readonly title: string;
  /** The title as in the source. */
  readonly full: string;
  readonly publications: readonly string[];
}

/** Lines that are not prose. */
export interface SummaryLabels {
  readonly headings: ReadonlySet<string>;
  readonly categories: readonly Category[];
  readonly headline: string;
}

/** Drops headings, labels and a leading byline, unless nothing else is left. Ends a first line that a paragraph follows. */
export function dropLabels(text: string, { headings, categories, headline }: SummaryLabels): string {
  const lines = text.split('\n');
  const short = headings.size + categories.length === 0 ? [] : lines.filter(mayBeLabel);
  const names = short.length === 0 ? [] : categories.map(({ term, label }) => lettersOnly(label ?? term));
  const labels = new Set(short.filter((line) => headings.has(line) || names.includes(lettersOnly(line))));
  if (isDatedHeadline(lines[0]!, headline)) labels.add(lines[0]!);
  const prose = labels.size === 0 ? text : lines.filter((line) => !labels.has(line)).join('\n');
  return prose === '' ? text : endStandfirst(stripResidue(prose.replace(BYLINE, '')));
}

/** Style rules and a caption with its credit at the beginning; arrows, dots and notices of podcast hosts at the end. */
function stripResidue(text: string): string {
  if (!RESIDUE_SIGN.test(text)) return text;
  return RESIDUE.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text).trim();
}

const RESIDUE_SIGN =
  /^[#.][\w-]|^.{20,350}\/(?:Getty|AP|AFP|Reuters|EPA)|(?:>>|\.{4})$|for (?:more|privacy) information|ad choices/;
const RESIDUE: readonly (readonly [RegExp, string])[] = [
  [/^(?:[#.][\w-][^{}\n]{0,200}\{[^{}]{0,300}(?:\}\s*|$))+/, ''],
  [/^[^|\n]{20,250}\s(?:\||—|©)\s?[^.|\n]{3,60}\/(?:Getty Images|AP|AFP|Reuters|EPA)\s(?=["“‘]?\p{Lu})/u, ''],
  [/\s*(?:Hosted on Acast\. )?See \S{3,60} for (?:more|privacy) information\.?$/, ''],
  [/\s*Learn more about your ad choices[.:]? Visit \S{3,80}$/, ''],
  [/(?<=[.!?…]["”»]?)\s*>>$/, ''],
  [/\.{4,}$/, '…'],
];

/** Adds the full stop of a first line that a paragraph follows. */
function endStandfirst(text: string): string {
  const [first = '', next = ''] = text.split('\n', 2);
  const mayEnd = first.length >= 40 && first.length < 400 && next.length >= 100 && /^["'“‘«(]?\p{Lu}/u.test(next);
  return mayEnd && OPEN_END.test(first) ? `${first}.${text.slice(first.length)}` : text;
}

/** Neither punctuation nor an address. */
const OPEN_END = /(?<!:\/\/\S*)[\p{L}\p{N}]["'”’»)]{0,2}$/u;

/** Drupal puts the author and the date after the headline, others the date and the time on the first line. */
function isDatedHeadline(line: string, headline: string): boolean {
  if (line.length < 40 && DATE_AND_TIME.test(line)) return true;
  const rest = line.length - headline.length;
  return headline !== '' && rest > 0 && rest < 60 && line.startsWith(headline) && /\b\d{4}\b/.test(line.slice(-rest));
}

const DATE_AND_TIME = /^[\p{L}.,]* ?[\p{L}.]* ?\d{1,2}[ .,/][\p{L}\d./ ]*\d{4},? \d{1,2}:\d\d(?: ?[ap]m)?$/iu;

function mayBeLabel(line: string): boolean {
  return line.length <= 100 && !/[.!?…:。！？]["'”’»)]*$/.test(line);
}

const NAME = "\\p{Lu}[\\p{L}'’.-]+";
/** Alone on the first line, or before a place in capitals: "By Ilse Tarn GENEVA, Nov 3 (Reuters) - Ships". */
const BYLINE = new RegExp(
  `(?:By|Author:) (?<=(?:^|\\n)(?:By|Author:) )(?<name>${NAME}(?: (?:de |van |von )?${NAME}){1,2})(?:\\n| (?=\\p{Lu}{3,}[,\\s/]))`,
  'u',
);

/** The name in a byline that `dropLabels` drops. null: none. */
export function findByline(text: string): string | null {
  return BYLINE.exec(text)?.groups?.name ?? null;
}

/** Marks where the publisher or his database (255 characters) cut the text, without the half of a word. */
export function markCut(teaser: string, body: string): string {
  if (teaser.length < 80 || !/[\p{L}\p{N},]$/u.test(teaser)) return teaser;
  const tail = teaser.slice(-40);
  const at = body.indexOf(tail);
  const next = at === -1 ? '' : body.slice(at + tail.length, at + tail.length + 1);
  const isHalf = at === -1 ? Math.abs(teaser.length - 254.5) < 2 : /[\p{L}\p{N}]/u.test(next);
  if (!isHalf) return next === ' ' ? `${teaser.replace(/,$/, '')}…` : teaser;
  return `${teaser.replace(/[\s,;:–—-]+[^\s]{1,40}$/u, '')}…`;
}

/** At most 500 characters of the source's summary, else of the body. Empty if both only repeat the title. */
export function createSummary(teaser: string, body: string, repeated: Repeated): string {
  return cutText(toDistinctSummary(teaser, repeated) || toDistinctSummary(body, repeated), SUMMARY_LIMIT);
}

function toDistinctSummary(text: string, repeated: Repeated): string {
  const line = toSummaryLine(stripHeading(text, repeated));
  const letters = lettersOnly(line);
  return letters === '' || repeatsTitle(letters, repeated) ? '' : line;
}

/** Drops a first line that repeats the title. */
function stripHeading(text: string, { title, full }: Repeated): string {
  const end = text.indexOf('\n');
  const first = end === -1 ? '' : lettersOnly(text.slice(0, end));
  return first !== '' && (first === lettersOnly(title) || first === lettersOnly(full)) ? text.slice(end + 1) : text;
}

function toSummaryLine(prose: string): string {
  const text = removeBoilerplate(prose);
  return stripReadMoreSuffixes(text.includes('\n') ? stripReadMoreSuffixes(text).replaceAll('\n', ' ') : text);
}

function repeatsTitle(letters: string, { title, full, publications }: Repeated): boolean {
  if (title === '') return false;
  const own = lettersOnly(title);
  if (letters === own || (full !== title && letters === lettersOnly(full))) return true;
  const before = own === '' ? '' : `${own} `;
  return letters.startsWith(before) && publications.some((name) => letters === before + lettersOnly(name));
}
