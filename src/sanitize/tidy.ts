/** Tidies sanitised HTML: removes temporary elements, empty wrappers and dead links, and adds attributes. */
import { BARE_MARK, HIDDEN_MARK, type PieceFindings, VOID_ELEMENTS } from './news-profile.js';

const VOID = new Set(VOID_ELEMENTS);
const WRAPPERS = new Set(
  (
    'a abbr address article aside b bdi bdo blockquote cite code del details dfn div dl em figcaption figure footer h1 h2 h3 h4 ' +
    'h5 h6 header i ins kbd li main mark nav ol p pre q s samp section small span strong sub summary sup table u ul var ' +
    'audio picture ruby video'
  ).split(' '),
);
const INLINE = new Set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var'.split(' '),
);
const VISIBLE_ELEMENTS = new Set(['hr', 'img', 'source', 'iframe']);

/** Constant strings, which need no sanitising. */
const LINK = '<a rel="nofollow noopener noreferrer ugc" href="';
const PICTURE = '<img loading="lazy" decoding="async" referrerpolicy="no-referrer" src="';

/** Needs the output of sanitize-html, in which every `<` begins a tag and the next `>` ends it. Takes linear time. */
export function tidyHtml(html: string, met: PieceFindings): string {
  let neat = met.marks || hasEmptyElement(html) ? new TidyReader(html).read() : html.trim();
  if (met.anchors) neat = new TidyReader(removeDeadAnchors(neat)).read();
  return neat.replaceAll('<a href="', LINK).replaceAll('<img src="', PICTURE);
}

/** An element with only a line break is not empty. */
function hasEmptyElement(html: string): boolean {
  for (const { index } of html.matchAll(/>\s*<\//g)) {
    const isStart = html[html.lastIndexOf('<', index) + 1] !== '/';
    if (isStart && html[index - 1] !== '/') return true;
  }
  return false;
}

/** The beginning of tidy HTML, at most `limit` characters, with all elements closed. */
export function cutHtml(html: string, limit: number): string {
  if (html.length <= limit) return html;
  let end = limit - 200;
  const lt = html.lastIndexOf('<', end);
  if (lt > html.lastIndexOf('>', end)) end = lt;
  return new TidyReader(html.slice(0, end).replace(/&[^;\s]{0,9}$|[\uD800-\uDBFF]$/, '')).read();
}

interface OpenElement {
  readonly name: string;
  /** Offset of its start tag in the input. */
  readonly start: number;
  /** Offset after its start tag. */
  readonly inside: number;
  /** The output before its start tag: number of pieces, and the input offset up to which they were copied. */
  readonly pieces: number;
  readonly copied: number;
  /** Whether it has visible content so far. */
  seen: boolean;
}

class TidyReader {
  readonly #html: string;
  readonly #out: string[] = [];
  readonly #open: OpenElement[] = [];
  #copied = 0;

  constructor(html: string) {
    this.#html = html;
  }

  read(): string {
    let from = 0;
    for (let lt = this.#html.indexOf('<'); lt >= 0; lt = this.#html.indexOf('<', from)) {
      const gt = this.#html.indexOf('>', lt);
      if (gt < 0) break;
      this.#text(from, lt);
      if (this.#html[lt + 1] === '/') this.#close(lt, gt + 1);
      else this.#start(lt, gt + 1);
      from = gt + 1;
    }
    this.#text(from, this.#html.length);
    this.#flush(this.#html.length);
    while (this.#open.length > 0) this.#closeLast(this.#html.length, this.#html.length, '');
    return this.#out.join('').trim();
  }

  #text(from: number, to: number): void {
    const frame = this.#open.at(-1);
    if (frame === undefined || frame.seen || from === to) return;
    frame.seen = /\S/.test(this.#html.slice(from, to));
  }

  #start(lt: number, end: number): void {
    const tag = this.#html.slice(lt, end);
    const space = tag.indexOf(' ');
    const name = tag.slice(1, space < 0 ? -1 : space);
    const attributes = space < 0 ? '' : tag.slice(space);
    const [pieces, copied] = [this.#out.length, this.#copied];
    if (name === BARE_MARK || name === HIDDEN_MARK) this.#skip(lt, end);
    if (!VOID.has(name)) this.#open.push({ name, start: lt, inside: end, pieces, copied, seen: false });
    if (VISIBLE_ELEMENTS.has(name) || attributes.includes(' id="') || attributes.includes(' src="')) this.#see();
  }

  #close(lt: number, end: number): void {
    this.#closeLast(lt, end, this.#html.slice(lt, end));
  }

  #closeLast(lt: number, end: number, tag: string): void {
    const frame = this.#open.pop();
    if (frame === undefined) return;
    if (frame.name === HIDDEN_MARK) this.#rewind(frame, end, '');
    else if (!frame.seen && WRAPPERS.has(frame.name)) this.#rewind(frame, end, this.#findSpace(frame, lt));
    else this.#keep(frame, lt, end, tag);
  }

  #keep(frame: OpenElement, lt: number, end: number, tag: string): void {
    if (frame.seen) this.#see();
    if (frame.name === BARE_MARK) this.#skip(lt, end);
    else if (tag === '') this.#out.push(`</${frame.name}>`);
  }

  #see(): void {
    const frame = this.#open.at(-1);
    if (frame !== undefined) frame.seen = true;
  }

  #flush(to: number): void {
    if (to > this.#copied) this.#out.push(this.#html.slice(this.#copied, to));
    this.#copied = Math.max(this.#copied, to);
  }

  #skip(from: number, to: number): void {
    this.#flush(from);
    this.#copied = to;
  }

  /** Removes an element from the output, with its content. */
  #rewind(frame: OpenElement, end: number, instead: string): void {
    this.#out.length = frame.pieces;
    this.#copied = frame.copied;
    this.#flush(frame.start);
    if (instead !== '') this.#out.push(instead);
    this.#copied = end;
  }

  /** A space inside an empty inline element separates words and is kept. */
  #findSpace(frame: OpenElement, lt: number): string {
    return INLINE.has(frame.name) && /\s/.test(this.#html.slice(frame.inside, lt).replace(/<[^>]*>/g, '')) ? ' ' : '';
  }
}

/** Matches exactly the tags of sanitised HTML. */
const TAG = /<(\/?)([a-z][a-z0-9-]*)([^<>]*)>/g;

/** Unwraps links to missing ids, and removes unused ids. */
function removeDeadAnchors(html: string): string {
  const tags = [...html.matchAll(TAG)].map((match) => match[3]!);
  const ids = new Set(tags.flatMap((attributes) => / id="([^"]*)"/.exec(attributes)?.[1] ?? []));
  const wanted = new Set(tags.flatMap((attributes) => / href="#([^"]*)"/.exec(attributes)?.[1] ?? []));
  const links: ('link' | 'none')[] = [];
  return html.replace(TAG, (tag, end: string, name: string, attributes: string) => {
    if (name === 'a' && end === '/') return links.pop() === 'none' ? `</${BARE_MARK}>` : tag;
    const target = / href="#([^"]*)"/.exec(attributes)?.[1];
    const kept = attributes.replace(/ id="([^"]*)"/, (given, id: string) => (wanted.has(id) ? given : ''));
    if (name !== 'a' || end === '/') return `<${end}${name}${kept}>`;
    const bare = (target !== undefined && !ids.has(target)) || !/ (?:href|id)="/.test(kept);
    links.push(bare ? 'none' : 'link');
    return bare ? `<${BARE_MARK}>` : `<a${kept}>`;
  });
}
