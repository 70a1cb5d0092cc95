/** Rebuilds source states from the edition, without validators, so that each source is fetched in full. */
import type { z as Zod } from 'zod';
import { textLine } from '../../compose/entry.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { FetchState, Source, SourceHealth, SourceId, SourceProfile } from '../../model/source.js';
import { z } from '../../model/zod.js';
import { resolveState } from '../../politeness/decide-request.js';
import type { Sink } from '../../ports/sink.js';
import { toHttpUri } from '../../text/url/http-uri.js';
import type { PublishedEdition } from './published-edition.js';
import { listChildren, parsePublishedXml } from './published-xml.js';

type Files = Pick<Sink, 'read'>;

export async function rebuildStates(
  sources: readonly Source[],
  edition: PublishedEdition,
  site: Pick<EditionSettings['site'], 'title'>,
  sink: Files,
): Promise<Map<SourceId, FetchState>> {
  const outlines = await readRows(sink, 'sources.opml', listOutlines);
  const statuses = await readRows(sink, 'status.json', (text) => statusFile.parse(JSON.parse(text)).sources);
  const suffix = ` – ${textLine(site.title)}`;
  return new Map(
    sources.map((source) => {
      const head = edition.channels.get(`sources/${source.id}`)?.head ?? null;
      const title = head?.title.endsWith(suffix) ? head.title.slice(0, -suffix.length) : source.title;
      const profile = toProfile(source, outlines, title, head?.language ?? null);
      const status = statuses.find(({ id }) => id === source.id);
      return [source.id, { ...resolveState(null, source), profile, ...(status && readHealth(status)) }];
    }),
  );
}

type OutlineAttrs = Readonly<Record<string, string>>;

/** Uses `sources.opml`. If the source's URL is not published, uses the head of its channel. */
function toProfile(
  { url }: Pick<Source, 'url'>,
  outlines: readonly OutlineAttrs[],
  title: string | null,
  language: string | null,
): SourceProfile | null {
  const outline =
    outlines.find(({ xmlUrl }) => xmlUrl === toHttpUri(url)) ?? outlines.find((each) => each.title === title);
  if (outline === undefined && title === null) return null;
  return {
    title: outline?.title ?? title,
    homeUrl: outline?.htmlUrl ?? null,
    feedUrl: outline?.xmlUrl ?? null,
    description: outline?.description ?? null,
    language: outline === undefined ? language : (outline.language ?? null),
    imageUrl: null,
    rights: null,
  };
}

function listOutlines(text: string): OutlineAttrs[] {
  const bodies = listChildren(parsePublishedXml(text), 'body');
  return bodies.flatMap((body) => listChildren(body, 'outline')).map(({ attribs }) => attribs);
}

const HEALTHS = ['new', 'ok', 'degraded', 'failing', 'dead', 'gone'] as const satisfies readonly SourceHealth[];
const since = z.string().pipe(z.coerce.date()).nullable();
const statusFile = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      state: z.enum(HEALTHS),
      since: since,
      newestArticleAt: since,
      error: z.object({ code: z.string(), message: z.string() }).optional(),
    }),
  ),
});

type PublishedStatus = Zod.output<typeof statusFile>['sources'][number];

function readHealth({
  state: health,
  since: healthSince,
  newestArticleAt,
  error,
}: PublishedStatus): Partial<FetchState> {
  // Sufficient until the source is read again.
  const recentDates = newestArticleAt === null ? [] : [newestArticleAt];
  return { health, healthSince, newestArticleAt, recentDates, error: error ? { ...error, status: null } : null };
}

/** Empty: missing or unreadable file. */
async function readRows<T>(sink: Files, path: string, rowsIn: (text: string) => readonly T[]): Promise<readonly T[]> {
  const bytes = await sink.read(path);
  try {
    return bytes === null ? [] : rowsIn(Buffer.from(bytes).toString('utf8'));
  } catch {
    return [];
  }
}
