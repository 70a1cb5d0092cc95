/** Prepares names of publications for templates: links to the pages that tell of them, told apart where several have one name, and icons. */
import type { ChannelPath } from '../../model/channel.js';
import type { PageEntry } from '../../model/page.js';
import { distinctNames } from './distinct-names.js';

/** Data of the template `publication`. */
export interface ShownPublication {
  readonly name: string;
  /** Its page, relative; null: it has none. */
  readonly href: string | null;
  /** The accessible name of the link, where the name alone would stand for two things; null: the name. */
  readonly label: string | null;
  /** The class by which `icons/icons.css` gives it its icon; null: it has none but the letter. */
  readonly icon: string | null;
  /** What stands in its place where there is no icon. */
  readonly letter: string;
  /** Number of the letter's colour, 0 to 7. */
  readonly tint: number;
}

type Named = Pick<PageEntry, 'publication' | 'publicationChannel'>;

export type PublicationOf = (entry: Named) => ShownPublication;

const TINTS = 8;

/** `taken`: names of the page's other links; `what`: the word for a publication; `root`: the way to the folder. */
export function publicationsOf(
  entries: readonly Named[],
  taken: readonly string[],
  what: string,
  root: string,
): PublicationOf {
  const labels = new Map<ChannelPath, string>();
  for (const { publication, publicationChannel } of entries) {
    if (publicationChannel !== null) labels.set(publicationChannel, publication);
  }
  const listed = [...labels].map(([channel, label]) => ({ id: idOf(channel), label, channel }));
  listed.sort((a, b) => (a.channel < b.channel ? -1 : 1));
  const names = distinctNames(listed, taken, what);
  const nameOf = new Map(listed.map(({ channel }, i) => [channel, names[i] ?? null]));
  return ({ publication, publicationChannel: channel }) => {
    const linked = channel !== null && nameOf.has(channel) ? { channel, label: nameOf.get(channel)! } : null;
    return {
      name: publication,
      href: linked === null ? null : `${root}${linked.channel}.html`,
      label: linked?.label ?? null,
      icon: channel === null ? null : iconClass(idOf(channel)),
      letter: letterOf(publication),
      tint: tintOf(channel === null ? publication : idOf(channel)),
    };
  };
}

function idOf(channel: ChannelPath): string {
  return channel.split('/').at(-1)!;
}

/** Ids have only letters, digits and hyphens. */
export function iconClass(sourceId: string): string {
  return `i-${sourceId}`;
}

/** The first letter or digit, articles of the language left alone. */
export function letterOf(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '·').toUpperCase().slice(0, 2);
}

export function tintOf(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + character.codePointAt(0)!) % 65_521;
  return sum % TINTS;
}
