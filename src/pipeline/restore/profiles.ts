/** What an edition tells of its sources: how they call themselves, and how they were when it was published. */
import type { FetchState, Source, SourceHealth, SourceId, SourceProfile } from '../../model/source.js';
import type { Sink } from '../../ports/sink.js';
import { httpUri } from '../../text/url/http-uri.js';
import type { PublishedChannel } from './collect.js';
import { attributeOf, childrenOf, type XmlElement, xmlTree } from './xml-tree.js';

export type ProfileSource = Pick<Source, 'id' | 'url' | 'title'>;
type Channels = ReadonlyMap<string, Pick<PublishedChannel, 'title' | 'language'>>;

/** From `sources.opml`; where an address may not be published, from the title of the source's own feed. */
export async function readProfiles(
  sources: readonly ProfileSource[],
  channels: Channels,
  siteTitle: string,
  sink: Pick<Sink, 'read'>,
): Promise<Map<SourceId, SourceProfile>> {
  const outlines = await readOutlines(sink);
  const suffix = ` – ${siteTitle}`;
  return new Map(
    sources.flatMap((source) => {
      const head = channels.get(`sources/${source.id}`);
      const called = head?.title.endsWith(suffix) ? head.title.slice(0, -suffix.length) : source.title;
      const outline =
        outlines.find(({ attributes }) => attributes.xmlUrl === httpUri(source.url)) ??
        outlines.find(({ attributes }) => attributes.title === called);
      if (outline === undefined && called === null) return [];
      return [[source.id, profileOf(outline, called, head?.language ?? null)] as const];
    }),
  );
}

function profileOf(outline: XmlElement | undefined, title: string | null, language: string | null): SourceProfile {
  if (outline === undefined) return { ...NOTHING, title, language };
  return {
    ...NOTHING,
    title: attributeOf(outline, 'title'),
    homeUrl: attributeOf(outline, 'htmlUrl'),
    feedUrl: attributeOf(outline, 'xmlUrl'),
    description: attributeOf(outline, 'description'),
    language: attributeOf(outline, 'language'),
  };
}

const NOTHING: SourceProfile = {
  title: null,
  homeUrl: null,
  feedUrl: null,
  description: null,
  language: null,
  imageUrl: null,
  rights: null,
};

async function readOutlines(sink: Pick<Sink, 'read'>): Promise<XmlElement[]> {
  const text = await textOf(sink, 'sources.opml');
  if (text === null) return [];
  try {
    return childrenOf(xmlTree(text), 'body').flatMap((body) => childrenOf(body, 'outline'));
  } catch {
    return [];
  }
}

const HEALTHS: readonly SourceHealth[] = ['new', 'ok', 'degraded', 'failing', 'dead', 'gone'];

export type PublishedHealth = Pick<FetchState, 'health' | 'healthSince' | 'error' | 'newestArticleAt'>;

/** From `status.json`, as far as it is there. */
export async function readHealth(sink: Pick<Sink, 'read'>): Promise<Map<SourceId, PublishedHealth>> {
  const text = await textOf(sink, 'status.json');
  const found = new Map<SourceId, PublishedHealth>();
  if (text === null) return found;
  for (const one of statusRows(text)) {
    const health = HEALTHS.find((name) => name === one.state);
    if (typeof one.id !== 'string' || health === undefined) continue;
    const [healthSince, newestArticleAt] = [dateOf(one.since), dateOf(one.newestArticleAt)];
    found.set(one.id, { health, healthSince, newestArticleAt, error: errorOf(one.error) });
  }
  return found;
}

type Row = Readonly<Record<string, unknown>>;

function statusRows(text: string): Row[] {
  try {
    const { sources } = JSON.parse(text) as { sources?: unknown };
    return Array.isArray(sources) ? sources.filter((row): row is Row => typeof row === 'object' && row !== null) : [];
  } catch {
    return [];
  }
}

function dateOf(value: unknown): Date | null {
  const date = typeof value === 'string' ? new Date(value) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

function errorOf(error: unknown): FetchState['error'] {
  if (typeof error !== 'object' || error === null) return null;
  const { code, message } = error as Row;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return { code, message, status: null };
}

async function textOf(sink: Pick<Sink, 'read'>, path: string): Promise<string | null> {
  const bytes = await sink.read(path);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}
