/** What of a publisher's HTML a news reader keeps: elements, attributes, and what becomes of links, pictures and embeds. */
import type sanitize from 'sanitize-html';
import { isHidden } from '../text/html.js';
import type { Attributes } from '../text/markup.js';
import { absoluteUrl } from '../text/url.js';
import { isPixel, LAZY_SETS, pixels, readSrcset, sourceOf } from './picture.js';

/** Marks of our own, none of which leaves `tidy`: out with what it holds, and out leaving what it holds. */
export const HIDDEN = 'x-hidden';
export const BARE = 'x-bare';
/** Of every id and every link to one: a publisher's id must not clash with a page's own. */
export const ID_PREFIX = 'ref-';

const ELEMENTS =
  'a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em ' +
  'figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li main mark nav ol p picture pre q rp rt ruby s ' +
  'samp section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr';
export const VOID_ELEMENTS = ['br', 'col', 'hr', 'img', 'source', 'wbr'];
/** Their text is no text of the article. */
const WITHOUT_TEXT =
  'applet math noembed noframes noscript object option plaintext script select style svg template textarea title xmp';

/** Beside lang, dir and id, which any element may have. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  a: 'href title rel',
  abbr: 'title',
  audio: 'src controls preload',
  blockquote: 'cite',
  col: 'span',
  colgroup: 'span',
  del: 'cite datetime',
  details: 'open',
  dfn: 'title',
  iframe: 'src title width height sandbox loading allowfullscreen',
  img: 'src srcset sizes alt title width height loading decoding referrerpolicy',
  ins: 'cite datetime',
  li: 'value',
  ol: 'start reversed type',
  q: 'cite',
  source: 'src srcset sizes media type',
  td: 'colspan rowspan',
  th: 'colspan rowspan scope',
  time: 'datetime',
  video: 'src poster width height controls preload',
};

/** Hosts whose players may be embedded, and the paths that are players. */
const PLAYERS: ReadonlyMap<string, RegExp> = new Map([
  ['www.youtube.com', /^\/embed\/[\w-]/],
  ['www.youtube-nocookie.com', /^\/embed\/[\w-]/],
  ['player.vimeo.com', /^\/video\/\d/],
]);

/** All that does not hang on the address of the article. */
const PROFILE: sanitize.IOptions = {
  allowedTags: [...ELEMENTS.split(' '), HIDDEN, BARE],
  allowedAttributes: {
    '*': ['lang', 'dir', 'id'],
    ...Object.fromEntries(Object.entries(ATTRIBUTES).map(([element, names]) => [element, names.split(' ')])),
  },
  nonTextTags: WITHOUT_TEXT.split(' '),
  selfClosing: VOID_ELEMENTS,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: {
    img: ['http', 'https'],
    source: ['http', 'https'],
    video: ['http', 'https'],
    audio: ['http', 'https'],
  },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
  allowProtocolRelative: false,
  allowedIframeHostnames: [...PLAYERS.keys()],
  allowIframeRelativeUrls: false,
  nestingLimit: 100,
};

/** The profile for an article at `base`. */
export function newsProfile(base: string): sanitize.IOptions {
  const transform: sanitize.Transformer = (element, attributes) => {
    if (isHidden(attributes)) return gone();
    const change = CHANGES.get(element);
    if (change !== undefined) return change(attributes, base) ?? gone();
    if (attributes.id !== undefined) attributes.id = ownId(attributes.id);
    return { tagName: element, attribs: attributes };
  };
  return { ...PROFILE, transformTags: { '*': transform } };
}

/** What an element becomes; null: it goes, with what it holds. */
type Change = (attributes: Attributes, base: string) => sanitize.Tag | null;

const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['a', link],
  ['audio', (attributes, base) => player('audio', attributes, base)],
  ['blockquote', quotedFrom('blockquote')],
  ['del', quotedFrom('del')],
  ['iframe', embed],
  ['img', image],
  ['ins', quotedFrom('ins')],
  ['q', quotedFrom('q')],
  ['source', source],
  ['video', (attributes, base) => player('video', attributes, base)],
]);

function link(attributes: Attributes, base: string): sanitize.Tag {
  const href = addressOf(attributes.href, base);
  const id = ownId(attributes.id ?? attributes.name ?? '');
  if (href === null) return id === '' ? bare() : { tagName: 'a', attribs: { id } };
  const rel = href.startsWith('#') ? undefined : 'nofollow noopener noreferrer ugc';
  return tag('a', { href, title: attributes.title, id: id || undefined, rel, ...writing(attributes) });
}

/** Absolute; mailto and tel as they stand; a link inside the piece under our prefix; null for everything else. */
function addressOf(href: string | undefined, base: string): string | null {
  const raw = href?.trim() ?? '';
  if (raw.startsWith('#')) return raw.length > 1 ? `#${ownId(raw.slice(1)) || 'none'}` : null;
  if (/^(?:mailto|tel):[^\s<>]+$/i.test(raw)) return raw;
  return absoluteUrl(raw, base)?.href ?? null;
}

function image(attributes: Attributes, base: string): sanitize.Tag | null {
  const src = absoluteUrl(sourceOf(attributes) ?? '', base)?.href;
  if (src === undefined || isPixel(attributes, src)) return null;
  return tag('img', {
    src,
    srcset: srcsetOf([attributes.srcset, ...LAZY_SETS.map((name) => attributes[name])], base),
    sizes: attributes.sizes,
    alt: attributes.alt ?? '',
    title: attributes.title,
    ...sizeOf(attributes),
    ...writing(attributes),
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
  });
}

function source(attributes: Attributes, base: string): sanitize.Tag | null {
  const src = absoluteUrl(attributes.src ?? '', base)?.href;
  const srcset = srcsetOf([attributes.srcset, ...LAZY_SETS.map((name) => attributes[name])], base);
  if (src === undefined && srcset === undefined) return null;
  return tag('source', { src, srcset, sizes: attributes.sizes, media: attributes.media, type: attributes.type });
}

function player(element: 'audio' | 'video', attributes: Attributes, base: string): sanitize.Tag {
  const src = absoluteUrl(attributes.src ?? attributes['data-src'] ?? '', base)?.href;
  const poster = element === 'video' ? absoluteUrl(attributes.poster ?? '', base)?.href : undefined;
  const size = element === 'video' ? sizeOf(attributes) : {};
  return tag(element, { src, poster, ...size, controls: '', preload: 'none' });
}

/** A player of a known host, over https, in a sandbox. */
function embed(attributes: Attributes, base: string): sanitize.Tag | null {
  const url = absoluteUrl(attributes.src ?? attributes['data-src'] ?? '', base);
  if (url === null || url.port !== '' || PLAYERS.get(url.hostname)?.test(url.pathname) !== true) return null;
  url.protocol = 'https:';
  return tag('iframe', {
    src: url.href,
    title: attributes.title,
    ...sizeOf(attributes),
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-presentation',
    loading: 'lazy',
    allowfullscreen: '',
  });
}

function quotedFrom(element: string): Change {
  return (attributes, base) => {
    const cite = absoluteUrl(attributes.cite ?? '', base)?.href;
    return tag(element, {
      cite,
      datetime: attributes.datetime,
      id: ownId(attributes.id ?? '') || undefined,
      ...writing(attributes),
    });
  };
}

function srcsetOf(sets: readonly (string | undefined)[], base: string): string | undefined {
  const set = sets.find((one) => one !== undefined && one.trim() !== '' && !one.trim().startsWith('data:'));
  const candidates = readSrcset(set ?? '').flatMap(({ url, size }) => {
    const absolute = absoluteUrl(url, base)?.href;
    return absolute === undefined ? [] : [size === '' ? absolute : `${absolute} ${size}`];
  });
  return candidates.length === 0 ? undefined : candidates.join(', ');
}

function sizeOf(attributes: Attributes): Record<string, string | undefined> {
  return { width: pixels(attributes.width)?.toString(), height: pixels(attributes.height)?.toString() };
}

function writing(attributes: Attributes): Record<string, string | undefined> {
  return { lang: attributes.lang, dir: attributes.dir };
}

/** Under our prefix, once; empty for what is no id. */
function ownId(id: string): string {
  const name = id.trim();
  if (!/^[\p{L}\p{N}_.:-]{1,100}$/u.test(name)) return '';
  return name.startsWith(ID_PREFIX) ? name : ID_PREFIX + name;
}

function tag(tagName: string, said: Record<string, string | undefined>): sanitize.Tag {
  const attribs: Record<string, string> = {};
  for (const name in said) if (said[name] !== undefined) attribs[name] = said[name];
  return { tagName, attribs };
}

function gone(): sanitize.Tag {
  return { tagName: HIDDEN, attribs: {} };
}

function bare(): sanitize.Tag {
  return { tagName: BARE, attribs: {} };
}
