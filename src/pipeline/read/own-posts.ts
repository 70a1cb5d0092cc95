/** Handles the editor's own files: future-dated posts, invalid files, images to publish. */
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
  /** When to read the folder again for the next future post; null: none. */
  readonly next: Date | null;
}

/** Holds back new items dated after `now`. */
export function holdFuturePosts(
  items: readonly IdentifiedItem[],
  { matches }: Pick<Matches, 'matches'>,
  now: Date,
): ReadyItems {
  const readFutureTime = (item: IdentifiedItem) =>
    matches.has(item) ? 0 : (item.draft.claimedPublishedAt?.getTime() ?? 0);
  const ahead = items.map(readFutureTime).filter((time) => time > now.getTime());
  // At most one day ahead: see `mayTakeWaiting`.
  const next = ahead.length === 0 ? null : new Date(Math.min(...ahead, now.getTime() + DAY));
  return { items: items.filter((item) => readFutureTime(item) <= now.getTime()), next };
}

type OwnState = Pick<FetchState, 'bodyHash' | 'newsWaitsUntil' | 'error' | 'images'>;

/** If a file is invalid, the next run reads all files again, so that the error is reported until it is fixed. */
export function createOwnState(
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
  const images = own.kind === 'posts' ? selectShownImages(own.imagesUrl, answer, drafts) : [];
  if (document.complete) return { newsWaitsUntil: next, images };
  const kept = before.images.filter(({ path }) => !images.some((image) => image.path === path));
  return {
    newsWaitsUntil: next,
    images: [...images, ...kept],
    bodyHash: null,
    error: describeErrors(own, document.warnings),
  };
}

/** Published in `status.json`, so it names no file: the name of a draft may be confidential. */
function describeErrors({ path }: OwnSource, { length }: readonly string[]): SourceError {
  const counted = length === 1 ? '1 error' : `${length} errors`;
  const message = `${counted} in ${path}: run "newsloom check --live" to list them`;
  return { code: 'PARSE_MALFORMED', message, status: null };
}

/** Uses the path from the config instead of the absolute path, which must stay private. */
export function hideFilePath({ url, own }: Source, failure: FetchFailed): FetchFailed {
  if (own === undefined) return failure;
  const { message, cause, details } = failure.error;
  const named = message.replaceAll(redactUrl(url), own.path);
  return { ...failure, error: new FetchError('FETCH_FILE', named, { cause, details }) };
}

function selectShownImages(imagesUrl: string, { body }: FreshResponse, drafts: readonly Draft[]): PostImage[] {
  const { images }: PostFolder = JSON.parse(Buffer.from(body).toString('utf8'));
  if (images.length === 0) return [];
  const shown = new Set(
    drafts.flatMap(({ contentHtml, image }) => {
      const parts = `${contentHtml ?? ''}"${image?.url ?? ''}"`.split(`"${imagesUrl}`).slice(1);
      return parts.map((part) => decodePath(part.slice(0, part.indexOf('"'))));
    }),
  );
  return images.filter(({ path }) => shown.has(path));
}

function decodePath(inUrl: string): string {
  try {
    return decodeURIComponent(inUrl.replaceAll('&amp;', '&'));
  } catch {
    return inUrl;
  }
}
