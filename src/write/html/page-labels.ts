/** Combines the labels of a language with the editor's own labels. */
import { hasTable, loadTable } from '../../data/load.js';
import { type PageWords, type TimeZone, UTC } from '../../model/page.js';
import type { Labels, LabelTexts, PluralRules } from './labels.js';

interface LanguageFile {
  readonly plural: PluralRules;
  readonly labels: LabelTexts;
}

const en = loadTable<LanguageFile>('languages/en').labels;
const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** In the site's language (BCP 47), else English. `words` must have passed `wordProblem`. */
export function loadLabels(language: string, words: PageWords = {}, zone: TimeZone = UTC): Labels {
  const primary = language.toLowerCase().split('-')[0]!;
  const known = /^[a-z]+$/.test(primary) && hasTable(`languages/${primary}`) ? primary : 'en';
  const { plural, labels } = loadTable<LanguageFile>(`languages/${known}`);
  const own = Object.entries(words).map(([name, word]) => [name, mergeLabel(defaultLabel(labels, name), word)]);
  return { ...labels, ...Object.fromEntries(own), language: known, plural, zone };
}

/** A text replaces all plural forms. States without a text keep ours. */
function mergeLabel(ours: unknown, word: PageWords[string]): unknown {
  if (!isRecord(ours)) return word;
  if (typeof word === 'string') return { other: word };
  return isPlural(ours) ? { other: ours.other, ...word } : { ...ours, ...word };
}

export function labelNames(): string[] {
  return Object.keys(en);
}

/** The error in an editor's label; null: valid, or an unknown label. */
export function wordProblem(name: string, word: unknown): string | null {
  const ours = defaultLabel(en, name);
  if (typeof ours === 'string') return typeof word === 'string' ? placeholderProblem(word, ours) : 'expected text';
  if (Array.isArray(ours)) return isMonths(word) ? null : `expected a list of ${ours.length} texts`;
  if (!isRecord(ours)) return null;
  const texts = isRecord(word) ? word : isPlural(ours) ? { other: word } : null;
  const known = isPlural(ours) ? PLURAL_FORMS : Object.keys(ours);
  if (texts === null) return `expected texts by name: ${known.join(', ')}`;
  const alien = Object.keys(texts).find((key) => !known.includes(key));
  if (alien !== undefined) return `unknown name "${alien}"; expected: ${known.join(', ')}`;
  const wrong = Object.values(texts).find((text) => typeof text !== 'string');
  if (wrong !== undefined) return 'expected text';
  const patterns = Object.values(ours).join(' ');
  return Object.values(texts).reduce<string | null>(
    (found, text) => found ?? placeholderProblem(String(text), patterns),
    null,
  );
}

function placeholderProblem(text: string, pattern: string): string | null {
  if (text.trim() === '') return 'must not be empty';
  const known = [...new Set(pattern.match(/\{\w+\}/g))];
  const alien = text.match(/\{\w+\}/g)?.find((one) => !known.includes(one));
  if (alien === undefined) return null;
  return `unknown placeholder ${alien}${known.length === 0 ? '' : `; expected: ${known.join(', ')}`}`;
}

function isMonths(word: unknown): boolean {
  return Array.isArray(word) && word.length === 12 && word.every((text) => typeof text === 'string' && text !== '');
}

function isPlural(ours: Readonly<Record<string, unknown>>): boolean {
  return 'other' in ours;
}

function defaultLabel(labels: LabelTexts, name: string): unknown {
  return Object.hasOwn(labels, name) ? labels[name as keyof LabelTexts] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
