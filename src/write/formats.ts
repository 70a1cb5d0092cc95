/** Lists the formats that we write. A new format needs a folder and a line here. */
import { documentPath, readDocumentPath } from './address.js';
import type { FormatWriter, Writer } from './writer.js';

export interface Format {
  /** Also the file extension. */
  readonly name: string;
  /** The name on pages. */
  readonly title: string;
  readonly mediaType: string;
  /** `feed`: one document per channel; `list`: one file per edition; `pages`: HTML pages. */
  readonly kind: 'feed' | 'list' | 'pages';
  load(): Promise<FormatWriter>;
}

/** Feeds in order of preference, for links that can name only one. */
export const formats: readonly Format[] = [
  {
    name: 'rss',
    title: 'RSS',
    mediaType: 'application/rss+xml',
    kind: 'feed',
    load: async () => (await import('./rss/rss.js')).rss,
  },
  {
    name: 'atom',
    title: 'Atom',
    mediaType: 'application/atom+xml',
    kind: 'feed',
    load: async () => (await import('./atom/atom.js')).atom,
  },
  {
    name: 'json',
    title: 'JSON Feed',
    mediaType: 'application/feed+json',
    kind: 'feed',
    load: async () => (await import('./json/json-feed.js')).jsonFeed,
  },
  {
    name: 'opml',
    title: 'OPML',
    mediaType: 'text/x-opml',
    kind: 'list',
    load: async () => (await import('./opml/opml.js')).opml,
  },
  {
    name: 'html',
    title: 'HTML',
    mediaType: 'text/html',
    kind: 'pages',
    load: async () => (await import('./html/writer.js')).html,
  },
];

export async function loadWriter({ name, kind, load }: Format): Promise<Writer> {
  return {
    ...(await load()),
    format: name,
    document: (channel, number) => (kind === 'feed' ? documentPath({ path: channel }, number, name) : null),
  };
}

/** The preferred one of the published feed formats; null: none. */
export function preferredFeedFormat(published: readonly string[]): string | null {
  return formats.find(({ name, kind }) => kind === 'feed' && published.includes(name))?.name ?? null;
}

/** The format of a published file; null: none, such as `manifest.json`. */
export function readFormat(path: string): Format | null {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  const format = formats.find(({ name }) => name === extension);
  if (format === undefined || (format.kind === 'feed' && readDocumentPath(path) === null)) return null;
  return format;
}

/** Whether the file is the head of a public channel: not an archive document, and not the feed of failures. */
export function isFeedHead(path: string): boolean {
  const document = readDocumentPath(path);
  return document?.number === null && document.channel !== 'failures' && readFormat(path)?.kind === 'feed';
}

/** Loads the writers of these formats, in the order of preference. */
export function loadWriters(names: readonly string[]): Promise<Writer[]> {
  return Promise.all(formats.filter(({ name }) => names.includes(name)).map(loadWriter));
}
