/** Parses JSON with trailing text or commas, line breaks in strings, or truncated. One pass, no recursion. */

export interface LenientJson {
  /** null: not readable. */
  readonly value: unknown;
  /** A sentence about the repair; null: the JSON is well-formed. */
  readonly repaired: string | null;
  /** False: the document is truncated. */
  readonly complete: boolean;
}

export function readJson(text: string): LenientJson {
  const body = text.replace(/^[\s\ufeff]+/, '');
  try {
    return { value: JSON.parse(body), repaired: null, complete: true };
  } catch {
    return repairJson(body);
  }
}

function repairJson(body: string): LenientJson {
  const { text, complete } = closeOpenValues(body);
  try {
    return {
      value: JSON.parse(text),
      repaired: complete ? 'the JSON was not well-formed' : 'the JSON was truncated',
      complete,
    };
  } catch {
    return { value: null, repaired: 'the JSON could not be read', complete: false };
  }
}

/** After a whole list element: the number of parts before it, and the brackets that close all open values. */
interface CutPoint {
  readonly length: number;
  readonly closers: string;
}

const FOLLOWED_DEPTH = 3;

/** Cuts after the first value. A truncated text ends after the last whole element of an outer list, and is closed. */
function closeOpenValues(body: string): { text: string; complete: boolean } {
  const parts: string[] = [];
  const stack: string[] = [];
  let safe: CutPoint = { length: 0, closers: '' };
  // Loops over long runs: one alternative per character would overflow the stack on texts of some megabytes.
  const token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\],]|[^"{}[\],]+/y;
  for (let found = token.exec(body); found; found = token.exec(body)) {
    const part = found[0];
    if (part === '{' || part === '[') stack.push(part === '{' ? '}' : ']');
    if (part === '}' || part === ']') dropLastComma(parts);
    parts.push(part.startsWith('"') ? escapeControls(part) : part);
    if (part !== '}' && part !== ']') continue;
    stack.pop();
    if (stack.length === 0) return { text: parts.join(''), complete: true };
    if (stack.length <= FOLLOWED_DEPTH && stack.at(-1) === ']')
      safe = { length: parts.length, closers: [...stack].reverse().join('') };
  }
  return { text: parts.slice(0, safe.length).join('') + safe.closers, complete: false };
}

function dropLastComma(parts: string[]): void {
  let last = parts.length - 1;
  while (last >= 0 && /^\s*$/.test(parts[last]!)) last -= 1;
  if (parts[last] === ',') parts[last] = '';
}

/** RFC 8259 7: control characters in strings must be escaped. */
function escapeControls(text: string): string {
  return text.replace(/[\x00-\x1f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
