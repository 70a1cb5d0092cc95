/** Cutting text where a reader may stop: at a sentence, else at a word, in any script. */

const SENTENCE_END = /[.!?…。！？｡؟۔।॥։၊။።፧][)\]"'”’»」』）]*(?=\s|$)|[。！？｡][)\]"'”’»」』）]*/gu;
/** Scripts that put no space between words: any sign that begins a syllable may begin the rest. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** What belongs to the sign before it. */
const DEPENDENT =
  /^(?:\p{M}|\u200C|\u200D|\uFE0E|\uFE0F|[\u{1F3FB}-\u{1F3FF}]|[\u3001\u3002\uFF0C\uFF01\uFF1F\u300D\u300F]|[\u0E30-\u0E3A\u0E45-\u0E4E])/u;

/**
 * At most `limit` UTF-16 units, the last of them "…" where something was left out: after a sentence where one ends in the
 * last third, else after a word, else (no space, as in Chinese or Thai) between two signs. Never inside a surrogate pair, a
 * letter with its marks, or an emoji sequence.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - 2);
  const sentence = lastSentenceEnd(room, text);
  if (sentence >= limit * 0.66) return `${room.slice(0, sentence)} …`;
  return `${room.slice(0, lastWordEnd(text, limit - 1)).replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** The first sentence, at most `limit` long. */
export function firstSentence(text: string, limit: number): string {
  const line = text.split('\n', 1)[0]!;
  for (const match of line.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (end >= 12 && !isAbbreviation(line.slice(0, match.index))) return cutText(line.slice(0, end), limit);
  }
  return cutText(line, limit);
}

function lastSentenceEnd(room: string, text: string): number {
  let end = 0;
  for (const match of room.matchAll(SENTENCE_END)) {
    const after = match.index + match[0].length;
    if (isAbbreviation(room.slice(0, match.index))) continue;
    if (after < room.length || /^(?:\s|$)/.test(text.slice(after)) || UNSPACED.test(match[0])) end = after;
  }
  return end;
}

/** "Mr. Smith", "J. Smith", "U.S. troops": a point after one letter or a title ends no sentence. */
function isAbbreviation(before: string): boolean {
  return /(?:^|[\s.("'])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|St|No|vs|etc|approx|Nr|bzw|ca|z\.B|ул|г|им|тыс|млн|млрд)$/u.test(
    before,
  );
}

function lastWordEnd(text: string, limit: number): number {
  const space = text.slice(0, limit + 1).search(/\s\S*$/u);
  if (space >= limit * 0.6 || (space > 0 && !UNSPACED.test(text.slice(space, limit)))) return space;
  let end = limit;
  while (end > 1 && isJoined(text, end)) end--;
  return end;
}

function isJoined(text: string, at: number): boolean {
  if (/[\uDC00-\uDFFF]/.test(text[at] ?? '') && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '')) return true;
  const rest = text.slice(at, at + 2);
  const before = text.slice(Math.max(0, at - 2), at);
  if (DEPENDENT.test(rest) || /[\u200D\u0E40-\u0E44\u0EC0-\u0EC4]$/.test(before)) return true;
  const last = before.slice(-1);
  return /[\p{L}\p{N}]/u.test(last) && /^[\p{L}\p{N}]/u.test(rest) && !UNSPACED.test(last) && !UNSPACED.test(rest[0]!);
}
