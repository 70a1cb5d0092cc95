/** Bluesky, and other servers of the AT Protocol: the address is that of the server, the token an app password. */
import { hash } from 'node:crypto';
import {
  type Announcement,
  answerIfTaken,
  jsonPost,
  type OutgoingRequest,
  type SendingTools,
  type SendRequest,
  type TargetKind,
  textInAnswer,
} from '../target.js';
import { fittedParts, graphemes, type TextPart } from '../text.js';

/** Graphemes, and bytes, of a post. */
const LIMIT = 300;
const MOST_BYTES = 3_000;
/** Characters of an address that are shown. */
const SHOWN_ADDRESS = 32;
/** Graphemes of the card below a post. */
const CARD_TEXT = 300;
/** Bytes of its picture. */
const LARGEST_PICTURE = 1_000_000;

/** As a blob's upload answers it, and a record names it. */
type Blob = Readonly<Record<string, unknown>>;

/** A post has its name from its key and time, so writing it again changes nothing. */
export const bluesky: TargetKind = {
  keysKeptMs: Number.POSITIVE_INFINITY,
  answersJson: true,
  send: async (announcement, { url, account, token }, request, tools) => {
    const session = await request({
      ...jsonPost(methodUrl(url, 'com.atproto.server.createSession'), { identifier: account, password: token }),
      delivers: false,
    });
    const [accessJwt, did] = [textInAnswer(session, 'accessJwt'), textInAnswer(session, 'did')];
    if (session.status !== 200 || accessJwt === null || did === null) return session;
    const thumb = await uploadPicture(url, announcement, accessJwt, request, tools);
    const answer = await request(putPost(url, announcement, accessJwt, did, thumb));
    return thumb !== null && answer.status === 400
      ? await request(putPost(url, announcement, accessJwt, did, null))
      : answer;
  },
};

/** null: the card has no picture. Its words are the card's: a card has none for its picture. */
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
    url: methodUrl(server, 'com.atproto.repo.uploadBlob'),
    headers: { authorization: `Bearer ${accessJwt}`, 'content-type': file.type },
    body: file.bytes,
    delivers: false,
  } as const;
  const answer = await answerIfTaken(request(upload));
  return answer === null ? null : blobIn(answer.body);
}

function blobIn(body: string): Blob | null {
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
    rkey: timeId(at, key),
    record: postRecord(announcement, thumb),
  };
  return jsonPost(methodUrl(server, 'com.atproto.repo.putRecord'), body, { authorization: `Bearer ${accessJwt}` });
}

function postRecord({ parts, at, language, title, summary, url }: Announcement, thumb: Blob | null): unknown {
  const fitted = fittedParts(inBytes(parts), LIMIT, lengthOf);
  const facets: unknown[] = [];
  let text = '';
  for (const part of fitted) {
    const byteStart = Buffer.byteLength(text);
    text += shownText(part);
    if (part.kind !== 'url' || part.value === '') continue;
    const features = [{ $type: 'app.bsky.richtext.facet#link', uri: part.value }];
    facets.push({ index: { byteStart, byteEnd: Buffer.byteLength(text) }, features });
  }
  const card = { uri: url, title: cut(title), description: cut(summary), ...(thumb !== null && { thumb }) };
  return {
    $type: 'app.bsky.feed.post',
    text,
    createdAt: at.toISOString(),
    langs: [language],
    ...(facets.length > 0 && { facets }),
    embed: { $type: 'app.bsky.embed.external', external: card },
  };
}

/** Only sequences of marks and emoji have more than ten bytes a character. */
function inBytes(parts: readonly TextPart[]): readonly TextPart[] {
  return fittedParts(parts, MOST_BYTES, (part) => Buffer.byteLength(shownText(part)));
}

/** Of an address its beginning, without the scheme: the link is in the facet. */
function shownText({ kind, value }: TextPart): string {
  if (kind !== 'url') return value;
  const bare = value.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  return bare.length <= SHOWN_ADDRESS ? bare : `${bare.slice(0, SHOWN_ADDRESS - 1)}…`;
}

function lengthOf(part: TextPart): number {
  return graphemes(shownText(part)).length;
}

function cut(text: string): string {
  const letters = graphemes(text);
  return letters.length <= CARD_TEXT ? text : `${letters.slice(0, CARD_TEXT - 1).join('')}…`;
}

function methodUrl(server: string, method: string): string {
  return new URL(`/xrpc/${method}`, server).href;
}

const BASE32_SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';

/** A timestamp identifier: 53 bits of microseconds, 10 bits that tell writers apart; in 13 characters. */
export function timeId(at: Date, key: string): string {
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
