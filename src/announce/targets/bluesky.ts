/** Bluesky and other AT Protocol servers. `url` is the server, `token` an app password. */
import { hash } from 'node:crypto';
import {
  type Announcement,
  awaitOptionalAnswer,
  createJsonPost,
  type OutgoingRequest,
  readAnswerText,
  type SendingTools,
  type SendRequest,
  type TargetKind,
} from '../target.js';
import { fitParts, splitGraphemes, type TextPart } from '../text.js';

/** Limits of a post in graphemes and bytes. */
const LIMIT = 300;
const MOST_BYTES = 3_000;
/** Characters of a URL to show. */
const SHOWN_ADDRESS = 32;
/** Graphemes of the card below a post. */
const CARD_TEXT = 300;
/** Limit of the card's picture in bytes. */
const LARGEST_PICTURE = 1_000_000;

/** Blob reference from the upload response, used in a record. */
type Blob = Readonly<Record<string, unknown>>;

/** The record key derives from the message key and time, so repeating the request is idempotent. */
export const bluesky: TargetKind = {
  keysKeptMs: Number.POSITIVE_INFINITY,
  answersJson: true,
  send: async (announcement, { url, account, token }, request, tools) => {
    const session = await request({
      ...createJsonPost(buildMethodUrl(url, 'com.atproto.server.createSession'), {
        identifier: account,
        password: token,
      }),
      delivers: false,
    });
    const [accessJwt, did] = [readAnswerText(session, 'accessJwt'), readAnswerText(session, 'did')];
    if (session.status !== 200 || accessJwt === null || did === null) return session;
    const thumb = await uploadPicture(url, announcement, accessJwt, request, tools);
    const answer = await request(putPost(url, announcement, accessJwt, did, thumb));
    return thumb !== null && answer.status === 400
      ? await request(putPost(url, announcement, accessJwt, did, null))
      : answer;
  },
};

/** null: the card gets no picture. */
async function uploadPicture(
  server: string,
  { picture }: Announcement,
  accessJwt: string,
  request: SendRequest,
  tools: SendingTools,
): Promise<Blob | null> {
  const file = picture === null ? null : await tools.picture(LARGEST_PICTURE);
  if (file === null) return null;
  const upload = {
    method: 'POST',
    url: buildMethodUrl(server, 'com.atproto.repo.uploadBlob'),
    headers: { authorization: `Bearer ${accessJwt}`, 'content-type': file.type },
    body: file.bytes,
    delivers: false,
  } as const;
  const answer = await awaitOptionalAnswer(request(upload));
  return answer === null ? null : parseBlob(answer.body);
}

function parseBlob(body: string): Blob | null {
  try {
    const { blob } = JSON.parse(body) as Record<string, unknown>;
    return typeof blob === 'object' ? (blob as Blob | null) : null;
  } catch {
    return null;
  }
}

function putPost(
  server: string,
  announcement: Announcement,
  accessJwt: string,
  repo: string,
  thumb: Blob | null,
): OutgoingRequest {
  const { key, at } = announcement;
  const body = {
    repo,
    collection: 'app.bsky.feed.post',
    rkey: createTimeId(at, key),
    record: createPostRecord(announcement, thumb),
  };
  return createJsonPost(buildMethodUrl(server, 'com.atproto.repo.putRecord'), body, {
    authorization: `Bearer ${accessJwt}`,
  });
}

function createPostRecord({ parts, at, language, title, summary, url }: Announcement, thumb: Blob | null): unknown {
  const fitted = fitParts(fitPostBytes(parts), LIMIT, (part) => splitGraphemes(toShownText(part)).length);
  const facets: unknown[] = [];
  let text = '';
  for (const part of fitted) {
    const byteStart = Buffer.byteLength(text);
    text += toShownText(part);
    if (part.kind !== 'url' || part.value === '') continue;
    const features = [{ $type: 'app.bsky.richtext.facet#link', uri: part.value }];
    facets.push({ index: { byteStart, byteEnd: Buffer.byteLength(text) }, features });
  }
  const card = {
    uri: url,
    title: cutCardText(title),
    description: cutCardText(summary),
    ...(thumb !== null && { thumb }),
  };
  return {
    $type: 'app.bsky.feed.post',
    text,
    createdAt: at.toISOString(),
    langs: [language],
    ...(facets.length > 0 && { facets }),
    embed: { $type: 'app.bsky.embed.external', external: card },
  };
}

/** Rarely shortens: only sequences of combining marks and emoji exceed ten bytes per grapheme. */
function fitPostBytes(parts: readonly TextPart[]): readonly TextPart[] {
  return fitParts(parts, MOST_BYTES, (part) => Buffer.byteLength(toShownText(part)));
}

/** Shows the start of a URL without its scheme. The facet contains the full URL. */
function toShownText({ kind, value }: TextPart): string {
  if (kind !== 'url') return value;
  const bare = value.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  return bare.length <= SHOWN_ADDRESS ? bare : `${bare.slice(0, SHOWN_ADDRESS - 1)}…`;
}

function cutCardText(text: string): string {
  const letters = splitGraphemes(text);
  return letters.length <= CARD_TEXT ? text : `${letters.slice(0, CARD_TEXT - 1).join('')}…`;
}

function buildMethodUrl(server: string, method: string): string {
  return new URL(`/xrpc/${method}`, server).href;
}

const BASE32_SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';

/** Builds a timestamp identifier (TID): 53 bits of microseconds and 10 bits of clock ID in 13 characters. */
export function createTimeId(at: Date, key: string): string {
  const chance = hash('sha256', key, 'buffer').readUInt32BE();
  const micros = BigInt(at.getTime()) * 1000n + BigInt(chance % 1_000_000);
  let bits = (micros << 10n) | BigInt((chance >>> 20) & 1023);
  let id = '';
  for (let i = 0; i < 13; i++) {
    id = BASE32_SORTABLE[Number(bits & 31n)] + id;
    bits >>= 5n;
  }
  return id;
}
