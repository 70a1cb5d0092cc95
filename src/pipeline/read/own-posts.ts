/** What is particular to the editor's own files: posts dated ahead, files with mistakes, images to publish. */
import type { IdentifiedItem } from '../../identity/identified-items.js';
import type { Matches } from '../../identity/match.js';
import type { Draft } from '../../model/article.js';
import type { CleanDocument, PostFolder } from '../../model/document.js';
import { FetchError } from '../../model/errors.js';
import type { FetchFailed } from '../../model/fetch.js';
import type { FetchState, OwnSource, PostImage, Source, SourceError } from '../../model/source.js';
import { redactUrl } from '../../text/url/redact-url.js';
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

type OwnState = Pick<FetchState, 'bodyHash' | 'newsWaitsUntil' | 'error' | 'images'>;

/** With a mistake in a file, all are read again in the next run: the editor is told until it is mended. */
export function ownState(
  own: OwnSource,
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
  const images = own.kind === 'posts' ? shownImages(own.imagesUrl, answer, drafts) : [];
  if (document.complete) return { newsWaitsUntil: next, images };
  const kept = before.images.filter(({ path }) => !images.some((image) => image.path === path));
  return {
    newsWaitsUntil: next,
    images: [...images, ...kept],
    bodyHash: null,
    error: mistakes(own, document.warnings),
  };
}

/** Published in `status.json`, so it names no file: that of a draft may tell what nobody should know yet. */
function mistakes({ path }: OwnSource, { length }: readonly string[]): SourceError {
  const counted = length === 1 ? 'a mistake' : `${length} mistakes`;
  const message = `${counted} in ${path}: each run names them, and so does "newsloom check --live"`;
  return { code: 'PARSE_MALFORMED', message, status: null };
}

/** What could not be read is named as the config names it: where it lies on this machine is nobody's business. */
export function namedFailure({ url, own }: Source, failure: FetchFailed): FetchFailed {
  if (own === undefined) return failure;
  const { message, cause, details } = failure.error;
  const named = message.replaceAll(redactUrl(url), own.path);
  return { ...failure, error: new FetchError('FETCH_FILE', named, { cause, details }) };
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
