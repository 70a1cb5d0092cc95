/** Mastodon, and what speaks like it: the address is that of the server, the token one with `write:statuses` and, for pictures, `write:media`. */
import {
  type Announcement,
  answerIfTaken,
  jsonPost,
  type SendingTools,
  type SendRequest,
  type TargetKind,
  textInAnswer,
} from '../target.js';
import { fittedParts, graphemes, searchedPart, type TextPart } from '../text.js';

/** Characters of a status, and of any address in it. */
const LIMIT = 500;
const ADDRESS = 23;
/** Of the words for a picture. */
const MOST_ALT = 1_500;
/** Bytes. */
const LARGEST_PICTURE = 8_000_000;
/** Mastodon remembers keys for an hour; ours are used again for less. */
const KEYS_KEPT = 50 * 60_000;

interface Access {
  readonly url: string;
  readonly token: string | null;
}

/** `content_type`: of servers that speak like it and would read Markdown, and is nothing to Mastodon. */
export const mastodon: TargetKind = {
  keysKeptMs: KEYS_KEPT,
  answersJson: true,
  send: async (announcement, access, request, tools) => {
    const { parts, key, language } = announcement;
    const status = fittedParts(parts, LIMIT, lengthOf).map(searchedPart).join('');
    const headers = { ...credentials(access), 'idempotency-key': key };
    const body = { status, language: primaryOf(language), content_type: 'text/plain' };
    const post = (media: object) =>
      request(jsonPost(addressOf(access, '/api/v1/statuses'), { ...body, ...media }, headers));
    const picture = await uploadPicture(announcement, access, request, tools);
    const answer = await post(picture === null ? {} : { media_ids: [picture] });
    return picture !== null && answer.status === 422 ? await post({}) : answer;
  },
};

/** Its id on the server; null: the message goes without. */
async function uploadPicture(
  { title, picture }: Announcement,
  access: Access,
  request: SendRequest,
  tools: SendingTools,
): Promise<string | null> {
  const file = picture === null ? null : await tools.picture(LARGEST_PICTURE);
  if (file === null) return null;
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), `picture.${file.type.slice(6)}`);
  form.append(
    'description',
    graphemes(picture?.alt ?? title)
      .slice(0, MOST_ALT)
      .join(''),
  );
  const encoded = new Response(form);
  const upload = {
    method: 'POST',
    url: addressOf(access, '/api/v2/media'),
    headers: { ...credentials(access), 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
    delivers: false,
  } as const;
  const answer = await answerIfTaken(request(upload));
  // 202: it is being converted (moving pictures), and cannot be named yet.
  return answer?.status === 200 ? textInAnswer(answer, 'id') : null;
}

function addressOf({ url }: Access, path: string): string {
  return new URL(path, url).href;
}

function credentials({ token }: Access): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Mastodon takes ISO 639. */
function primaryOf(language: string): string {
  return language.split('-', 1)[0]!.toLowerCase();
}

function lengthOf(part: TextPart): number {
  return part.kind === 'url' && part.value !== '' ? ADDRESS : graphemes(searchedPart(part)).length;
}
