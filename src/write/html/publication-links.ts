/** Links from the names of publications to their pages, told apart where several on a page have one name. */
import type { ChannelPath } from '../../model/channel.js';
import type { PageEntry } from '../../model/page.js';
import { distinctNames } from './distinct-names.js';

export interface PublicationLink {
  /** Relative. */
  readonly href: string;
  /** The accessible name, where the title alone would stand for two things; null: the title. */
  readonly name: string | null;
}

/** null: there is no page of it. */
export type PublicationPage = (entry: Pick<PageEntry, 'publicationChannel'>) => PublicationLink | null;

/** `taken`: names of the page's other links; `what`: the word for a publication; `root`: the way to the folder. */
export function publicationPages(
  entries: readonly Pick<PageEntry, 'publication' | 'publicationChannel'>[],
  taken: readonly string[],
  what: string,
  root: string,
): PublicationPage {
  const labels = new Map<ChannelPath, string>();
  for (const { publication, publicationChannel } of entries) {
    if (publicationChannel !== null) labels.set(publicationChannel, publication);
  }
  const listed = [...labels].map(([channel, label]) => ({ id: channel.split('/').at(-1)!, label, channel }));
  listed.sort((a, b) => (a.channel < b.channel ? -1 : 1));
  const names = distinctNames(listed, taken, what);
  const links = new Map(
    listed.map(({ channel }, i) => [channel, { href: `${root}${channel}.html`, name: names[i] ?? null }]),
  );
  return ({ publicationChannel }) => (publicationChannel === null ? null : (links.get(publicationChannel) ?? null));
}
