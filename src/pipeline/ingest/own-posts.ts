/** What is particular to the editor's own files: posts dated ahead, files with mistakes, images to publish. */
import type { IdentifiedItem } from '../../identity/identified-items.js';
import type { Matches } from '../../identity/match.js';
import type { Draft } from '../../model/article.js';
import type { CleanDocument, PostFolder } from '../../model/document.js';
import type { FetchState, PostImage, Source, SourceError } from '../../model/source.js';
import { ownLine } from '../../politeness/decide-request.js';
import type { FreshResponse } from './changed-items.js';

const DAY = 86_400_000;

export interface ReadyItems {
  readonly items: readonly IdentifiedItem[];
  /** When the folder is to be read again for the next of the others; null: there are no others. */
  readonly next: Date | null;
}

/** New items that are dated later than `now` wait for their time. */
export function withoutAhead(
  items: readonly IdentifiedItem[],
  { matches }: Pick<Matches, 'matches'>,
  now: Date,
): ReadyItems {
  const timeOf = (item: IdentifiedItem) => (matches.has(item) ? 0 : (item.draft.claimedPublishedAt?.getTime() ?? 0));
  const ahead = items.map(timeOf).filter((time) => time > now.getTime());
  // No later than in a day: see `mayTakeWaiting`.
  const next = ahead.length === 0 ? null : new Date(Math.min(...ahead, now.getTime() + DAY));
  return { items: items.filter((item) => timeOf(item) <= now.getTime()), next };
}

type OwnState = Pick<FetchState, 'bodyHash' | 'newsWaitsUntil' | 'error' | 'images' | 'ownAs'>;

/** With a mistake in a file, all are read again in the next run: the editor is told until it is mended. */
export function ownState(
  source: Source,
  before: FetchState,
  answer: FreshResponse,
  {
    document,
    drafts,
    next,
  }: {
    readonly document: Pick<CleanDocument, 'complete' | 'warnings'>;
    readonly drafts: readonly Draft[];
    readonly next: Date | null;
  },
): Partial<OwnState> {
  const images = source.own?.kind === 'posts' ? shownImages(source.own.imagesUrl, answer, drafts) : [];
  const line = { ownAs: ownLine(source), newsWaitsUntil: next };
  if (document.complete) return { ...line, images };
  const kept = before.images.filter(({ path }) => !images.some((image) => image.path === path));
  return { ...line, images: [...images, ...kept], bodyHash: null, error: mistakes(document.warnings) };
}

function mistakes(warnings: readonly string[]): SourceError {
  const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : '';
  return { code: 'PARSE_MALFORMED', message: `${warnings[0]}${more}`, status: null };
}

/** Of all images in the folder, those that these posts show. */
function shownImages(imagesUrl: string, { body }: FreshResponse, drafts: readonly Draft[]): PostImage[] {
  const { images }: PostFolder = JSON.parse(Buffer.from(body).toString('utf8'));
  if (images.length === 0) return [];
  const shown = new Set(
    drafts.flatMap(({ contentHtml, image }) => {
      const parts = `${contentHtml ?? ''}"${image?.url ?? ''}"`.split(`"${imagesUrl}`).slice(1);
      return parts.map((part) => plainPath(part.slice(0, part.indexOf('"'))));
    }),
  );
  return images.filter(({ path }) => shown.has(path));
}

function plainPath(inUrl: string): string {
  try {
    return decodeURIComponent(inUrl.replaceAll('&amp;', '&'));
  } catch {
    return inUrl;
  }
}
