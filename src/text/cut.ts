/** Shortens text: at the end of a sentence or word, in any script, to one line, or to an initial. */

const SENTENCE_END = /[.!?…。！？｡؟۔।॥։၊။።፧][)\]"'”’»」』）]*(?=\s|$)|[。！？｡][)\]"'”’»」』）]*/gu;
/** Scripts without spaces: text may be cut before any character that begins a syllable. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * At most `limit` UTF-16 code units, with "…" at the end of a cut text. Cuts after a sentence in the last third, else
 * after a word, else between two characters. Never splits a surrogate pair, a combined letter or an emoji sequence.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const sentence = findSentenceEnd(text, limit - 2);
  if (sentence >= limit * 0.66) return `${text.slice(0, sentence)} …`;
  return `${text.slice(0, findWordEnd(text, limit - 1)).replace(/(?<![\s,;:–—-])[\s,;:–—-]+$/u, '')}…`;
}

export function toOneLine(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}

/** The first sentence of the first line, cut to `limit`. */
export function extractFirstSentence(text: string, limit: number): string {
  const line = text.split('\n', 1)[0]!;
  for (const match of line.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    const shortest = /^[。！？｡]/.test(match[0]) ? 4 : 12;
    if (end >= shortest && !isAbbreviation(line.slice(0, match.index))) return cutText(line.slice(0, end), limit);
  }
  return cutText(line, limit);
}

function findSentenceEnd(text: string, limit: number): number {
  let last = 0;
  // One more character, to check for white space after the sentence.
  for (const match of text.slice(0, limit + 1).matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (end <= limit && !isAbbreviation(text.slice(0, match.index))) last = end;
  }
  return last;
}

/** "Mr. Smith", "J. Smith", "U.S. troops": the period does not end a sentence. */
function isAbbreviation(before: string): boolean {
  return /(?:^|[\s.("'])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|St|No|vs|etc|approx|Nr|bzw|ca|ул|г|им|тыс|млн|млрд)$/u.test(
    before.slice(-12),
  );
}

function findWordEnd(text: string, limit: number): number {
  const space = text.slice(0, limit + 1).search(/\s\S*$/u);
  if (space >= limit * 0.6 || (space > 0 && !UNSPACED.test(text.slice(space, limit)))) return space;
  for (let end = limit; end > limit / 2; end--) if (!isJoined(text, end)) return end;
  return isPair(text, limit) ? limit - 1 : limit;
}

/** Never separated from the preceding character: marks, joiners, skin tones, vowel signs, closing CJK punctuation. */
const DEPENDENT =
  /^(?:\p{M}|\u200C|\u200D|\uFE0E|\uFE0F|[\u{1F3FB}-\u{1F3FF}]|[\u3001\u3002\uFF0C\uFF01\uFF1F\u300D\u300F]|[\u0E30-\u0E3A\u0E45-\u0E4E])/u;
/** Never separated from the following character: joiners, viramas, vowels that Thai and Lao write first. */
const LEADING =
  /(?:\u200D|[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u1039\u17D2]|[\u0E40-\u0E44\u0EC0-\u0EC4])$/;

function isJoined(text: string, at: number): boolean {
  if (isPair(text, at)) return true;
  const before = /.$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? '';
  const after = /^./su.exec(text.slice(at, at + 2))?.[0] ?? '';
  if (DEPENDENT.test(after) || LEADING.test(before)) return true;
  if (/\p{Regional_Indicator}/u.test(before) && /\p{Regional_Indicator}/u.test(after)) return true;
  const isLetter = (sign: string) => /[\p{L}\p{N}\p{M}]/u.test(sign) && !UNSPACED.test(sign);
  return isLetter(before) && isLetter(after);
}

function isPair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1));
}

/** Leading articles are skipped: most papers of a country would have the same initial. */
const ARTICLE = /^[^\p{L}\p{N}]*(?:(?:the|der|die|das|la|le|les|el|los|las)\s+|l['’])(?=.*[\p{L}\p{N}])/iu;

/** Place names that begin with an article, which is kept. */
const PLACE =
  /^[^\p{L}\p{N}]*(?:los (?:angeles|alamos)|las (?:vegas|cruces|palmas)|el (?:paso|salvador)|la (?:crosse|jolla|paz|plata|rochelle)|le (?:havre|mans))(?!\p{L})/iu;

/** The first letter or digit after a leading article, in upper case; `·`: none. */
export function findInitial(name: string): string {
  const [letter = '·'] = /[\p{L}\p{N}]/u.exec(PLACE.test(name) ? name : name.replace(ARTICLE, '')) ?? [];
  return letter.toUpperCase().slice(0, 2);
}
