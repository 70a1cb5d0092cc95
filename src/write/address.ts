/** Where the documents of a channel lie, as a path under the published folder and as an address. */
import type { Channel } from '../model/channel.js';

type Placed = Pick<Channel, 'path' | 'feedsUrl'>;

/** What lies in it, and below, is written once and hardly ever again. */
export const ARCHIVE_FOLDER = 'archive/';

/** `topics/x.rss`, or `archive/topics/x/3.rss`. */
export function documentPath(channel: Pick<Channel, 'path'>, number: number | null, format: string): string {
  return number === null ? `${channel.path}.${format}` : `${ARCHIVE_FOLDER}${channel.path}/${number}.${format}`;
}

const ARCHIVED = /^archive\/(.+)\/([1-9]\d*)\.(\w+)$/;

/** The archive document that lies at a path; null: there is none at such a path. */
export function archivedAt(
  path: string,
): { readonly channel: string; readonly number: number; readonly format: string } | null {
  const [, channel, number, format] = ARCHIVED.exec(path) ?? [];
  return channel === undefined ? null : { channel, number: Number(number), format: format! };
}

export function documentUrl(channel: Placed, number: number | null, format: string): string {
  return `${channel.feedsUrl}${documentPath(channel, number, format)}`;
}

export interface ArchiveLink {
  readonly rel: 'current' | 'prev-archive' | 'next-archive';
  readonly href: string;
}

/** RFC 5005 section 4, in the order in which we write them. */
export function archiveLinks(channel: Placed & Pick<Channel, 'archive'>, format: string): ArchiveLink[] {
  const { number, previous, next } = channel.archive;
  const links: ArchiveLink[] = [];
  if (number !== null) links.push({ rel: 'current', href: documentUrl(channel, null, format) });
  if (previous !== null) links.push({ rel: 'prev-archive', href: documentUrl(channel, previous, format) });
  if (next !== null) links.push({ rel: 'next-archive', href: documentUrl(channel, next, format) });
  return links;
}
