/** Recognises documents whose UTF-8 was taken for windows-1252 and encoded once more: `é` became `Ã©`. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Fewer may be an example in a text about encodings. */
const ENOUGH = 3;

/** What UTF-8 reads like as windows-1252: a lead byte and what its continuation bytes mean there. */
const LEAD = /[\u00c2-\u00f4]/;

/** The byte A0 of U+00A0 and of `à`, a space that does not break by itself, often became a plain space on the way, or was lost. */
const LOST_SPACE = /([\u00c2\u00c3])(?: |(?=[\s<&]))/g;

/**
 * The text as it was before it was encoded again; null: it was not. All of a document must have been: a single character outside of ASCII
 * that is not part of such a sequence means that it was encoded once, and is about something else.
 */
export function undoDoubleEncoding(text: string): string | null {
  if (!LEAD.test(text)) return null;
  const whole = text.replace(LOST_SPACE, '$1\u00a0');
  const runs = whole.match(/[^\x00-\x7f]+/g) ?? [];
  if (runs.length < ENOUGH || !runs.every(isUtf8AsWindows1252)) return null;
  return whole.replace(/[^\x00-\x7f]+/g, (run) => bytesOf(run)!.toString('utf8'));
}

function isUtf8AsWindows1252(run: string): boolean {
  const bytes = LEAD.test(run[0]!) ? bytesOf(run) : null;
  return bytes !== null && isUtf8(bytes);
}

/** null: a character that windows-1252 does not have. The five bytes that it leaves undefined stand for themselves. */
function bytesOf(run: string): Buffer | null {
  const bytes = [...run].map((char) => {
    if (char <= '\u009f') return char.charCodeAt(0);
    const [byte, more] = iconv.encode(char, 'windows-1252');
    return more === undefined && byte !== undefined && byte >= 0x80 ? byte : null;
  });
  return bytes.includes(null) ? null : Buffer.from(bytes as number[]);
}
