/** Determines the paths and addresses of a channel's documents. */
import type { Channel, ChannelFrame } from '../model/channel.js';

type Placed = Pick<Channel, 'path' | 'feedsUrl'>;

/** Files in this folder rarely change. */
export const ARCHIVE_FOLDER = 'archive/';

export function documentPath(channel: Pick<Channel, 'path'>, number: number | null, format: string): string {
  return number === null ? `${channel.path}.${format}` : `${ARCHIVE_FOLDER}${channel.path}/${number}.${format}`;
}

const DOCUMENT =
  /^(archive\/)?(all|stories|failures|(?:topics|sources|stories|authors|channels|language|digests)\/[^/]+?)(?:\/([1-9]\d{0,6}))?\.(\w+)$/;

/** Parses the path of a head or archive document; null: the file is not part of a feed. */
export function readDocumentPath(
  path: string,
): { readonly channel: string; readonly number: number | null; readonly format: string } | null {
  const [, archive, channel, number, format] = DOCUMENT.exec(path) ?? [];
  if (channel === undefined || (archive === undefined) !== (number === undefined)) return null;
  return { channel, number: number === undefined ? null : Number(number), format: format! };
}

export function documentUrl(channel: Placed, number: number | null, format: string): string {
  return `${channel.feedsUrl}${documentPath(channel, number, format)}`;
}

/** The page about feeds that a head links to; null: the site has no pages, or this is an archive document. */
export function helpUrl({
  formats,
  feedsUrl,
  archive,
}: Pick<Channel, 'formats' | 'feedsUrl' | 'archive'>): string | null {
  return formats.includes('html') && archive.number === null ? `${feedsUrl}subscribe.html` : null;
}

export interface ArchiveLink {
  readonly rel: 'current' | 'prev-archive' | 'next-archive';
  readonly href: string;
}

/** Links of RFC 5005 section 4, in a fixed order. */
export function archiveLinks(channel: Placed & Pick<Channel, 'archive'>, format: string): ArchiveLink[] {
  const { number, previous, next } = channel.archive;
  const links: ArchiveLink[] = [];
  if (number !== null) links.push({ rel: 'current', href: documentUrl(channel, null, format) });
  if (previous !== null) links.push({ rel: 'prev-archive', href: documentUrl(channel, previous, format) });
  if (next !== null) links.push({ rel: 'next-archive', href: documentUrl(channel, next, format) });
  return links;
}

/**
 * Links to the same head in the section's other languages (`hreflang`). Archive documents have none, so that a new
 * language does not change them.
 */
export function translationLinks(
  { translations = [], archive, feedsUrl }: Pick<ChannelFrame, 'translations' | 'archive' | 'feedsUrl'>,
  format: string,
): readonly { readonly language: string; readonly href: string }[] {
  if (archive.number !== null) return [];
  return translations.map(({ language, path }) => ({ language, href: documentUrl({ path, feedsUrl }, null, format) }));
}
