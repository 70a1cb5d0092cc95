/** Detects documents whose UTF-8 was read as windows-1252 and encoded again: `é` became `Ã©`. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Fewer may be an example in a text about encodings. */
const ENOUGH = 3;

/** A UTF-8 lead byte, read as windows-1252. */
const LEAD = /[\u00c2-\u00f4]/;

/** The byte A0 of U+00A0 and of `à` often became a plain space, or was lost. */
const LOST_SPACE = /([\u00c2\u00c3])(?: |(?=[\s<&]))/g;

/** null: the document was encoded once. One non-ASCII character outside such a sequence is enough to decide that. */
export function undoDoubleEncoding(text: string): string | null {
  const first = /[^\x00-\x7f]+/.exec(text)?.[0] ?? '';
  if (!/[\u00c2\u00c3]/.test(first) && !isUtf8AsWindows1252(first)) return null;
  const whole = text.replace(LOST_SPACE, '$1\u00a0');
  const runs = whole.match(/[^\x00-\x7f]+/g) ?? [];
  if (runs.length < ENOUGH || !runs.every(isUtf8AsWindows1252)) return null;
  return whole.replace(/[^\x00-\x7f]+/g, (run) => toWindows1252(run)!.toString('utf8'));
}

function isUtf8AsWindows1252(run: string): boolean {
  const bytes = LEAD.test(run[0] ?? '') ? toWindows1252(run) : null;
  return bytes !== null && isUtf8(bytes);
}

/** null: windows-1252 does not have a character of the run. Its five undefined bytes map to themselves. */
function toWindows1252(run: string): Buffer | null {
  const bytes = [...run].map((char) => {
    if (char <= '\u009f') return char.charCodeAt(0);
    const [byte, more] = iconv.encode(char, 'windows-1252');
    return more === undefined && byte !== undefined && byte >= 0x80 ? byte : null;
  });
  return bytes.includes(null) ? null : Buffer.from(bytes as number[]);
}
