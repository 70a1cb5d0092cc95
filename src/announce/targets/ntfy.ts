/** ntfy. `url` is the URL of a topic: `https://ntfy.sh/our-news`. */
import { createJsonPost, type TargetKind } from '../target.js';
import { fitParts, neutralisePart, type TextPart } from '../text.js';

/** Bytes. Longer messages become attachments. */
const LIMIT = 4_096;

/** Publishes JSON to the server's root because headers cannot contain Unicode. A click opens the article. */
export const ntfy: TargetKind = {
  keysKeptMs: 0,
  answersJson: true,
  send: ({ parts, url: click }, { url, token }, request) => {
    const [, base = '', topic = ''] = /^(.*\/)([^/]+)\/?$/.exec(new URL(url).pathname) ?? [];
    const message = fitParts(parts, LIMIT, measureBytes).map(neutralisePart).join('');
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const body = { topic, message, click };
    return request(createJsonPost(new URL(base, url).href, body, authorization));
  },
};

function measureBytes(part: TextPart): number {
  return Buffer.byteLength(neutralisePart(part));
}
