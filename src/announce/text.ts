/** Fills in message templates, shortens messages to a target's limit, and neutralises foreign text. */

import type { TextName } from '../model/announcing.js';
import { toOneLine } from '../text/cut.js';

/** `own`: literal text of the template; other kinds: the value of a placeholder. */
export interface TextPart {
  readonly kind: 'own' | TextName;
  readonly value: string;
}

const NAME = /\{([a-z]+)\}/g;

export function fillTemplate(template: string, values: Readonly<Record<TextName, string>>): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: written, 1: name, index } of template.matchAll(NAME)) {
    if (index > end) parts.push({ kind: 'own', value: template.slice(end, index) });
    const kind = name as TextName;
    parts.push({ kind, value: toOneLine(values[kind] ?? '') });
    end = index + written.length;
  }
  if (end < template.length) parts.push({ kind: 'own', value: template.slice(end) });
  return parts;
}

export function renderPlainMessage(parts: readonly TextPart[]): string {
  return parts.map(({ value }) => value).join('');
}

/** Parts that are shortened, in this order. URLs and the editor's own text are never shortened. */
const SHORTENED: readonly TextName[] = ['summary', 'topics', 'title', 'publication'];

/** `measure`: the share of the limit that a part uses. */
export function fitParts(
  parts: readonly TextPart[],
  limit: number,
  measure: (part: TextPart) => number,
): readonly TextPart[] {
  const sum = (all: readonly TextPart[]) => all.reduce((total, part) => total + measure(part), 0);
  let fitted = parts;
  for (const kind of SHORTENED) {
    const over = sum(fitted) - limit;
    if (over <= 0) return fitted;
    fitted = fitted.map((part) => (part.kind === kind ? shortenPart(part, measure(part) - over, measure) : part));
  }
  return fitted;
}

/** Ends with "…"; empty if nothing fits. */
function shortenPart(part: TextPart, most: number, measure: (part: TextPart) => number): TextPart {
  const letters = splitGraphemes(part.value.slice(0, LONGEST));
  const cut = (count: number) => ({ ...part, value: `${letters.slice(0, count).join('').trimEnd()}…` });
  let [fits, tooLong] = [0, letters.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(cut(middle)) <= most) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? { ...part, value: '' } : cut(fits);
}

/** In code units, above the limit of every target. */
const LONGEST = 10_000;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function splitGraphemes(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Zero-width word joiner: prevents services from detecting names, tags and URLs. */
const JOINER = '\u2060';

/** Prevents mentions, tags and links in foreign text on services that detect them in plain text. It looks unchanged. */
function neutraliseText(text: string): string {
  return text
    .replace(/(?:[@#＠＃]|(?<![\p{L}\p{N}])[$/])(?=[\p{L}\p{N}_])/gu, `$&${JOINER}`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, `$&${JOINER}`)
    .replace(/(?<=\p{L}\d*)(?=:\S)/gu, JOINER);
}

/**
 * Encodes what services may take for a mention, markup or the end of the URL. Removes a fragment that they may take for a
 * tag, because it cannot be encoded.
 */
export function escapeAddress(url: string): string {
  const [, host = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)(.*)$/is.exec(url) ?? [];
  const kept = rest.replace(/(?<![A-Za-z0-9/=])#.*$/s, '');
  return `${host}${kept.replace(/[^\w\-.~:/?#&=%+,;!$']/gu, percentEncode)}`;
}

function percentEncode(sign: string): string {
  return [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}

/** Text for a service that detects links. Only the URL and the editor's own text stay detectable. */
export function neutralisePart({ kind, value }: TextPart): string {
  if (kind === 'own') return value;
  return kind === 'url' ? escapeAddress(value) : neutraliseText(value);
}
