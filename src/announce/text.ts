/** The text of a message: the editor's template filled in, cut to what a target takes, and what is done to a stranger's words in it. */

import type { TextName } from '../model/announcing.js';
import { oneLine } from '../text/cut.js';

/** `own`: words of the template; the others: what stands for a name in it. */
export interface TextPart {
  readonly kind: 'own' | TextName;
  readonly value: string;
}

const NAME = /\{([a-z]+)\}/g;

export function filledText(template: string, values: Readonly<Record<TextName, string>>): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: written, 1: name, index } of template.matchAll(NAME)) {
    if (index > end) parts.push({ kind: 'own', value: template.slice(end, index) });
    const kind = name as TextName;
    parts.push({ kind, value: oneLine(values[kind] ?? '') });
    end = index + written.length;
  }
  if (end < template.length) parts.push({ kind: 'own', value: template.slice(end) });
  return parts;
}

/** As a reader of a terminal or a log sees it. */
export function plainMessage(parts: readonly TextPart[]): string {
  return parts.map(({ value }) => value).join('');
}

/** What gives way first where a message is too long. Addresses and the editor's own words never do. */
const SHORTENED: readonly TextName[] = ['summary', 'topics', 'title', 'publication'];

/** `measure`: what a part takes of the limit. */
export function fittedParts(
  parts: readonly TextPart[],
  limit: number,
  measure: (part: TextPart) => number,
): readonly TextPart[] {
  const sum = (all: readonly TextPart[]) => all.reduce((total, part) => total + measure(part), 0);
  let fitted = parts;
  for (const kind of SHORTENED) {
    const over = sum(fitted) - limit;
    if (over <= 0) return fitted;
    fitted = fitted.map((part) => (part.kind === kind ? shortened(part, measure(part) - over, measure) : part));
  }
  return fitted;
}

/** With "…" at its end; empty where not even that fits. */
function shortened(part: TextPart, most: number, measure: (part: TextPart) => number): TextPart {
  const letters = graphemes(part.value.slice(0, LONGEST));
  const cut = (count: number) => ({ ...part, value: `${letters.slice(0, count).join('').trimEnd()}…` });
  let [fits, tooLong] = [0, letters.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(cut(middle)) <= most) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? { ...part, value: '' } : cut(fits);
}

/** Code units: no target takes a longer text. */
const LONGEST = 10_000;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as readers see them. */
export function graphemes(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** A sign without width, at which no service breaks a word, and none takes what stands on both sides for one name. */
const JOINER = '\u2060';

/**
 * For services that look for names, tags and addresses in plain text by themselves: a stranger's headline pings nobody and links
 * nowhere. It looks the same.
 */
function inertText(text: string): string {
  return text
    .replace(/(?:[@#＠＃]|(?<![\p{L}\p{N}])[$/])(?=[\p{L}\p{N}_])/gu, `$&${JOINER}`)
    .replace(/(?<=[\p{L}\p{N}])(?:\.(?=\p{L}{2})|:(?=\/\/))/gu, `$&${JOINER}`);
}

/** As `inertText`: where such a service sees an address end early, at a bracket, a mention could begin in the rest of it. */
function unbrokenAddress(url: string): string {
  return url.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
}

/** A part in plain text that the service searches: only the address is found there, and what the editor wrote. */
export function searchedPart({ kind, value }: TextPart): string {
  if (kind === 'own') return value;
  return kind === 'url' ? unbrokenAddress(value) : inertText(value);
}
