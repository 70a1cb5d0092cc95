/** ntfy. `url` is the URL of a topic: `https://ntfy.sh/our-news`. */
import { jsonPost, type TargetKind } from '../target.js';
import { fittedParts, type TextPart } from '../text.js';

/** Bytes. Longer messages become attachments. */
const LIMIT = 4_096;

/** Publishes JSON to the server's root because headers cannot contain Unicode. A click opens the article. */
export const ntfy: TargetKind = {
  keysKeptMs: 0,
  answersJson: true,
  send: ({ parts, url: click }, { url, token }, request) => {
    const [, base = '', topic = ''] = /^(.*\/)([^/]+)\/?$/.exec(new URL(url).pathname) ?? [];
    const message = fittedParts(parts, LIMIT, sizeOf)
      .map(({ value }) => value)
      .join('');
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const body = { topic, message, click };
    return request(jsonPost(new URL(base, url).href, body, authorization));
  },
};

function sizeOf({ value }: TextPart): number {
  return Buffer.byteLength(value);
}
