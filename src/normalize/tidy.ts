/** Sanitised HTML made neat: our own marks, empty wrappers and links that lead nowhere are taken out. Only ever removes. */
import { BARE, HIDDEN, VOID_ELEMENTS } from './news-profile.js';

/** In sanitised HTML every `<` of a text and every `>` of an attribute is escaped: this finds tags, all tags and nothing else. */
const TAG = /<(\/?)([a-z][a-z0-9-]*)([^>]*)>/g;

const VOID = new Set(VOID_ELEMENTS);
/** Worth nothing without something in them. */
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
/** Something to see, though no text. */
const SIGHTS = new Set(['hr', 'img', 'source', 'iframe']);

/** At most about `limit` characters, every element closed. Linear. */
export function tidy(html: string, limit: number): string {
  const neat = withoutMarks(html, limit);
  if (!neat.includes(' id="') && !neat.includes('href="#')) return neat;
  return withoutMarks(withoutDeadAnchors(neat), limit);
}

interface Frame {
  readonly name: string;
  /** Where its tag stands in the output. */
  readonly at: number;
  /** How long the output was. */
  readonly length: number;
  /** Whether a reader sees anything of it. */
  seen: boolean;
}

function withoutMarks(html: string, limit: number): string {
  const page = new Page(limit);
  let from = 0;
  for (const match of html.matchAll(TAG)) {
    page.text(html.slice(from, match.index));
    if (match[1] === '/') page.close(match[2]!);
    else page.open(match[2]!, match[3]!, match[0]);
    from = match.index + match[0].length;
    if (page.full) break;
  }
  if (!page.full) page.text(html.slice(from));
  return page.end();
}

class Page {
  readonly #limit: number;
  readonly #out: string[] = [];
  readonly #open: Frame[] = [];
  #length = 0;
  #links = 0;
  full = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  text(text: string): void {
    if (text === '') return;
    const room = this.#limit - this.#length;
    const fitting =
      text.length <= room ? text : text.slice(0, Math.max(0, room)).replace(/&[^;\s]{0,9}$|[\uD800-\uDBFF]$/, '');
    this.full ||= fitting.length < text.length;
    if (/\S/.test(fitting)) this.#see();
    this.#push(fitting);
  }

  open(name: string, attributes: string, tag: string): void {
    if (this.#length + tag.length > this.#limit) {
      this.full = true;
      return;
    }
    // A link in a link is none: browsers would tear the outer one apart.
    const kind = name === 'a' && this.#links > 0 ? BARE : name;
    if (!VOID.has(name)) this.#open.push({ name: kind, at: this.#out.length, length: this.#length, seen: false });
    if (kind === 'a') this.#links++;
    if (kind !== BARE && kind !== HIDDEN) this.#push(tag);
    if (SIGHTS.has(name) || attributes.includes(' id="') || (name !== 'a' && attributes.includes(' src="')))
      this.#see();
  }

  close(name: string): void {
    const frame = this.#open.pop();
    if (frame === undefined) return;
    if (frame.name === 'a') this.#links--;
    if (frame.name === BARE) this.#inherit(frame);
    else if (frame.name === HIDDEN) this.#rewind(frame);
    else if (!frame.seen && WRAPPERS.has(name)) this.#dissolve(frame);
    else {
      this.#inherit(frame);
      this.#push(`</${name}>`);
    }
  }

  end(): string {
    while (this.#open.length > 0) this.close(this.#open.at(-1)!.name);
    return this.#out.join('').trim();
  }

  #push(piece: string): void {
    this.#out.push(piece);
    this.#length += piece.length;
  }

  #see(): void {
    const frame = this.#open.at(-1);
    if (frame !== undefined) frame.seen = true;
  }

  #inherit(frame: Frame): void {
    if (frame.seen) this.#see();
  }

  #rewind(frame: Frame): void {
    this.#out.length = frame.at;
    this.#length = frame.length;
  }

  /** An empty wrapper; a space inside still parts two words. */
  #dissolve(frame: Frame): void {
    const space = INLINE.has(frame.name) && this.#out.slice(frame.at + 1).some((piece) => piece !== '');
    this.#rewind(frame);
    if (space) this.#push(' ');
  }
}

/** Links to ids that are not there become plain text; ids that no link leads to go. */
function withoutDeadAnchors(html: string): string {
  const tags = [...html.matchAll(TAG)].map((match) => match[3]!);
  const ids = new Set(tags.flatMap((attributes) => / id="([^"]*)"/.exec(attributes)?.[1] ?? []));
  const wanted = new Set(tags.flatMap((attributes) => / href="#([^"]*)"/.exec(attributes)?.[1] ?? []));
  const links: ('link' | 'none')[] = [];
  return html.replace(TAG, (tag, end: string, name: string, attributes: string) => {
    if (name === 'a' && end === '/') return links.pop() === 'none' ? `</${BARE}>` : tag;
    const target = / href="#([^"]*)"/.exec(attributes)?.[1];
    const dead = target !== undefined && !ids.has(target);
    const kept = attributes.replace(/ id="([^"]*)"/, (given, id: string) => (wanted.has(id) ? given : ''));
    if (name !== 'a' || end === '/') return `<${end}${name}${kept}>`;
    const bare = dead || !/ (?:href|id)="/.test(kept);
    links.push(bare ? 'none' : 'link');
    return bare ? `<${BARE}>` : `<a${kept}>`;
  });
}
