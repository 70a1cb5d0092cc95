/** Derives a headline from the words at the end of an article's address. */

/** Fewer words are usually a section or an id. */
const FEWEST_WORDS = 3;
/** Two letters count as a word. */
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const LIST = /\/(?:tags?|categor(?:y|ies|ia|ie)|authors?|attachments?|page)\/[^/]+\/?$/i;

/** `https://x.example/2026/11/harbour-bridge-opens-12345.html` → `Harbour bridge opens`; null: no words, or a list. */
export function deriveHeadline(url: string): string | null {
  const { pathname } = new URL(url);
  if (LIST.test(pathname)) return null;
  const segments = pathname.split('/').filter((segment) => segment !== '');
  for (const segment of segments.slice(-2).reverse()) {
    const words = splitSegment(segment);
    if (words.length + (words.join('').match(WITHOUT_SPACES)?.length ?? 0) / 2 >= FEWEST_WORDS)
      return words.join(' ').replace(/^\p{L}/u, (letter) => letter.toUpperCase());
  }
  return null;
}

/** Drops the extension, and ids at either end: digits, or letters and digits mixed. */
function splitSegment(segment: string): string[] {
  const words = decodeSegment(segment)
    .replace(/\.[a-z]{2,5}$/i, '')
    .split(/[-_+\s]+/)
    .filter((word) => word !== '');
  while (isId(words.at(-1))) words.pop();
  while (isId(words[0])) words.shift();
  return words;
}

function isId(word: string | undefined): boolean {
  return word !== undefined && (/^\d{5,}$/.test(word) || /^(?=.*\d)(?=.*[a-z])[a-z\d]{6,}$/i.test(word));
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
