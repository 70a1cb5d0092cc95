/** What an announcement is, and what a target makes of it: one file of this folder each, and one line in `targets.ts`. */

import type { AnnouncedKind, AnnounceTarget } from '../model/announcing.js';
import type { Publication } from '../model/article.js';
import type { EntryPicture, EntryTopic, RelatedLink } from '../model/channel.js';
import { NewsloomError } from '../model/errors.js';
import type { SourceId } from '../model/source.js';
import type { TextPart } from './text.js';

/** A message, as far as the rights of its source allow. */
export interface Announcement {
  /** `more`: the number of those that are not told one by one. */
  readonly kind: AnnouncedKind | 'more' | 'test';
  /** The same for the same news to the same target, for ever: 22 characters of base64url. */
  readonly key: string;
  /** When it became news; whole seconds. */
  readonly at: Date;
  readonly section: { readonly title: string; readonly url: string };
  /** One line. */
  readonly title: string;
  readonly url: string;
  readonly publication: Publication | null;
  /** Empty: there is none, or it may not be republished. */
  readonly summary: string;
  /** BCP 47. */
  readonly language: string;
  readonly publishedAt: Date | null;
  readonly image: { readonly url: string; readonly alt: string | null } | null;
  /** What may be shown of it to readers; null: nothing. */
  readonly picture: AnnouncedPicture | null;
  readonly topics: readonly EntryTopic[];
  /** Of a story: what else tells it. */
  readonly others: readonly RelatedLink[];
  /** Of `more`: how many; else 1. */
  readonly count: number;
  /** The text of the config, filled in. */
  readonly parts: readonly TextPart[];
}

export interface AnnouncedPicture extends Pick<EntryPicture, 'url' | 'alt' | 'copies'> {
  readonly sourceId: SourceId;
}

/** The file of a picture. `type`: JPEG, PNG, GIF or WebP. */
export interface PictureFile {
  readonly bytes: Uint8Array;
  readonly type: string;
}

export interface OutgoingRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Whether this is what publishes the message: where its outcome is unknown, so is that of the message. */
  readonly delivers: boolean;
}

export interface TargetAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 64 kB. */
  readonly body: string;
}

/** Rejects where there is no answer. */
export type SendRequest = (request: OutgoingRequest) => Promise<TargetAnswer>;

/** What a target may want beside its requests. */
export interface SendingTools {
  /** The file of the message's picture, of at most so many bytes; null: there is none, or it cannot be had. Rejects only where the run is stopped. */
  picture(mostBytes: number): Promise<PictureFile | null>;
}

export interface TargetKind {
  /** For so many milliseconds a message with the same key is published once, however often it is sent; 0: never, Infinity: always. */
  readonly keysKeptMs: number;
  /** A web page at a wrong address may say 200 to everything: it is known by not answering with an object of JSON. */
  readonly answersJson: boolean;
  /** Resolves with the answer that tells what became of the message. */
  send(
    announcement: Announcement,
    target: AnnounceTarget,
    request: SendRequest,
    tools: SendingTools,
  ): Promise<TargetAnswer>;
}

/** A POST of JSON that delivers. */
export function jsonPost(
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

/** null: it was refused, or nobody answered. For what a message can do without. */
export async function answerIfTaken(sent: Promise<TargetAnswer>): Promise<TargetAnswer | null> {
  try {
    const answer = await sent;
    return answer.status >= 200 && answer.status < 300 ? answer : null;
  } catch (error) {
    if (error instanceof NewsloomError) return null;
    throw error;
  }
}

/** A text of an answer in JSON; null: there is none of this name. */
export function textInAnswer({ body }: TargetAnswer, name: string): string | null {
  try {
    const value = (JSON.parse(body) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
