/** Types of announcements and targets. Each target has a file in `targets/` and an entry in `targets.ts`. */

import type { AnnouncedKind, AnnounceTarget } from '../model/announcing.js';
import type { Publication } from '../model/article.js';
import type { EntryPicture, EntryTopic, RelatedLink } from '../model/channel.js';
import { NewsloomError } from '../model/errors.js';
import type { SourceId } from '../model/source.js';
import type { TextPart } from './text.js';

/** A message with the content that the permission of its source allows. */
export interface Announcement {
  /** `more`: a count of messages that are not sent individually. */
  readonly kind: AnnouncedKind | 'more' | 'test';
  /** Stable for the same news and target: 22 characters of base64url. */
  readonly key: string;
  /** Time at which it became news, in whole seconds. */
  readonly at: Date;
  readonly section: { readonly title: string; readonly url: string };
  readonly title: string;
  readonly url: string;
  readonly publication: Publication | null;
  /** Empty: none, or not permitted. */
  readonly summary: string;
  /** BCP 47. */
  readonly language: string;
  readonly publishedAt: Date | null;
  readonly image: { readonly url: string; readonly alt: string | null } | null;
  /** The picture to show to readers; null: none, or not permitted. */
  readonly picture: AnnouncedPicture | null;
  readonly topics: readonly EntryTopic[];
  /** For a story: its other articles. */
  readonly others: readonly RelatedLink[];
  /** For `more`: the number of messages; otherwise 1. */
  readonly count: number;
  readonly parts: readonly TextPart[];
}

export interface AnnouncedPicture extends Pick<EntryPicture, 'url' | 'alt' | 'copies'> {
  readonly sourceId: SourceId;
}

/** `type`: JPEG, PNG, GIF or WebP. */
export interface PictureFile {
  readonly bytes: Uint8Array;
  readonly type: string;
}

export interface OutgoingRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Whether this request publishes the message. If so, its unknown outcome makes the message's outcome unknown. */
  readonly delivers: boolean;
}

export interface TargetAnswer {
  readonly status: number;
  /** Keys are lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 64 KiB. */
  readonly body: string;
}

/** Rejects without a response. */
export type SendRequest = (request: OutgoingRequest) => Promise<TargetAnswer>;

export interface SendingTools {
  /** Loads the message's picture, limited to `mostBytes`; null: none or unavailable. Rejects only if the run is aborted. */
  picture(mostBytes: number): Promise<PictureFile | null>;
}

export interface TargetKind {
  /** Milliseconds for which the target deduplicates messages by key; 0: never, Infinity: always. */
  readonly keysKeptMs: number;
  /** Whether a valid response is a JSON object. A web page at a wrong URL may answer 200 to any request. */
  readonly answersJson: boolean;
  /** Resolves with the response that decides the outcome. */
  send(
    announcement: Announcement,
    target: AnnounceTarget,
    request: SendRequest,
    tools: SendingTools,
  ): Promise<TargetAnswer>;
}

/** Builds a JSON POST that delivers the message. */
export function createJsonPost(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): OutgoingRequest & { readonly body: string } {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    delivers: true,
  };
}

/** For optional requests. null: refused, or no response. */
export async function awaitOptionalAnswer(sent: Promise<TargetAnswer>): Promise<TargetAnswer | null> {
  try {
    const answer = await sent;
    return answer.status >= 200 && answer.status < 300 ? answer : null;
  } catch (error) {
    if (error instanceof NewsloomError) return null;
    throw error;
  }
}

export function readAnswerText({ body }: TargetAnswer, name: string): string | null {
  try {
    const value = (JSON.parse(body) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
