/** Finds the root element of a feed in a text. */

export interface FeedRoot {
  /** Offset of its `<`. */
  readonly start: number;
  /** As written: `rss`, `rdf:RDF`, `a:feed`, `CHANNEL`. */
  readonly name: string;
  readonly tag: string;
  /** Whether only white space, an XML declaration, processing instructions and comments precede it. */
  readonly isFirst: boolean;
}

const FEED_NAMES = /^(?:[\w.-]+:)?(?:rss|rdf|feed|channel|entry|item)$/i;

/** Unambiguous feed roots inside another document, and its comments: trackbacks are written as RDF in one. */
const EMBEDDED_ROOT =
  /<!--[\s\S]*?(?:-->|$)|<(?:rss\s[^<>]*version|rdf:RDF\s|feed\s[^<>]*xmlns\s*=|(?:[\w.-]+:feed)\s[^<>]*xmlns:|rss>\s*<channel|feed>\s*<(?:title|id|entry))/gi;

/** null: none. */
export function findFeedRoot(text: string): FeedRoot | null {
  const first = firstElement(text);
  if (first && FEED_NAMES.test(first.name)) return first;
  for (const { 0: found, index } of text.matchAll(EMBEDDED_ROOT))
    if (!found.startsWith('<!--')) return readRoot(text, index, false);
  return null;
}

/** Limit of skipped prolog parts, which bounds the time for a malformed prolog. */
const MOST_PIECES = 100;

/** The first element after the prolog (XML 1.0 2.8) and any text. */
export function firstElement(text: string): FeedRoot | null {
  let at = 0;
  let isFirst = true;
  for (let pieces = 0; pieces < MOST_PIECES; pieces++) {
    const open = text.indexOf('<', at);
    if (open < 0) return null;
    if (/[^\s\ufeff]/.test(text.slice(at, Math.min(open, at + 1000)))) isFirst = false;
    const past = skipMisc(text, open);
    if (past === null) {
      if (/[A-Za-z_\u00c0-\uffff]/.test(text[open + 1] ?? '')) return readRoot(text, open, isFirst);
      at = open + 1;
      isFirst = false;
    } else {
      if (past.misplaced) isFirst = false;
      at = past.end;
    }
  }
  return null;
}

/** The end of a comment, processing instruction or document type; null: something else. `misplaced`: not allowed here. */
function skipMisc(text: string, open: number): { end: number; misplaced: boolean } | null {
  if (text.startsWith('<?', open))
    return { end: findEnd(text, '>', open), misplaced: open > 0 && /^<\?xml\s/.test(text.slice(open, open + 6)) };
  if (text.startsWith('<!--', open)) return { end: findEnd(text, '-->', open), misplaced: false };
  if (text.startsWith('<!', open)) return { end: findDoctypeEnd(text, open), misplaced: true };
  return null;
}

function findEnd(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** A document type may contain declarations in brackets. */
function findDoctypeEnd(text: string, open: number): number {
  const close = findEnd(text, '>', open);
  const bracket = text.slice(open, close).indexOf('[');
  if (bracket < 0) return close;
  const end = /\]\s*>/g;
  end.lastIndex = open + bracket;
  return end.exec(text) ? end.lastIndex : close;
}

function readRoot(text: string, start: number, isFirst: boolean): FeedRoot {
  const close = text.indexOf('>', start);
  const tag = text.slice(start, close < 0 ? Math.min(text.length, start + 10_000) : close + 1);
  return { start, name: /^<([^\s/>]*)/.exec(tag)?.[1] ?? '', tag, isFirst };
}
