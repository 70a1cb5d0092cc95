/** Mastodon and compatible servers. `token` needs `write:statuses` and, for pictures, `write:media`. */
import {
  type Announcement,
  awaitOptionalAnswer,
  createJsonPost,
  readAnswerText,
  type SendingTools,
  type SendRequest,
  type TargetKind,
} from '../target.js';
import { fitParts, neutralisePart, splitGraphemes, type TextPart } from '../text.js';

/** Characters of a status, and of each URL in it. */
const LIMIT = 500;
const ADDRESS = 23;
const MOST_ALT = 1_500;
/** Bytes. */
const LARGEST_PICTURE = 8_000_000;
/** Mastodon keeps keys for an hour; this leaves a margin. */
const KEYS_KEPT = 50 * 60_000;

interface Access {
  readonly url: string;
  readonly token: string | null;
}

/** Compatible servers read `content_type` and might default to Markdown. Mastodon ignores it. */
export const mastodon: TargetKind = {
  keysKeptMs: KEYS_KEPT,
  answersJson: true,
  send: async (announcement, access, request, tools) => {
    const { parts, key, language } = announcement;
    const status = fitParts(parts, LIMIT, measureStatusPart).map(neutralisePart).join('');
    const headers = { ...buildCredentials(access), 'idempotency-key': key };
    // Mastodon expects ISO 639 codes.
    const body = { status, language: language.split('-', 1)[0]!.toLowerCase(), content_type: 'text/plain' };
    const post = (media: object) =>
      request(createJsonPost(buildApiUrl(access, '/api/v1/statuses'), { ...body, ...media }, headers));
    const picture = await uploadPicture(announcement, access, request, tools);
    const answer = await post(picture === null ? {} : { media_ids: [picture] });
    return picture !== null && answer.status === 422 ? await post({}) : answer;
  },
};

/** Resolves with the media id; null: the status gets no picture. */
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
    splitGraphemes(picture?.alt ?? title)
      .slice(0, MOST_ALT)
      .join(''),
  );
  const encoded = new Response(form);
  const upload = {
    method: 'POST',
    url: buildApiUrl(access, '/api/v2/media'),
    headers: { ...buildCredentials(access), 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
    delivers: false,
  } as const;
  const answer = await awaitOptionalAnswer(request(upload));
  // 202: the server converts a moving picture, so the post cannot use it yet.
  return answer?.status === 200 ? readAnswerText(answer, 'id') : null;
}

function buildApiUrl({ url }: Access, path: string): string {
  return new URL(path, url).href;
}

function buildCredentials({ token }: Access): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function measureStatusPart(part: TextPart): number {
  return part.kind === 'url' && part.value !== '' ? ADDRESS : splitGraphemes(neutralisePart(part)).length;
}
