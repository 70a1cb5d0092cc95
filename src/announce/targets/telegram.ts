/** Telegram, through `sendMessage` of the Bot API: `https://api.telegram.org/bot${TOKEN}/sendMessage?chat_id=…`. */
import { createJsonPost, type TargetKind } from '../target.js';
import { fitParts, neutralisePart } from '../text.js';

/** UTF-16 code units. */
const LIMIT = 4_096;

/** Sends plain text without a parse mode. Telegram still detects names, tags and URLs in it. */
export const telegram: TargetKind = {
  keysKeptMs: 0,
  answersJson: true,
  send: ({ parts, url: link }, { url }, request) => {
    const method = new URL(url);
    const given = Object.fromEntries(method.searchParams);
    method.search = '';
    const text = fitParts(parts, LIMIT, (part) => neutralisePart(part).length)
      .map(neutralisePart)
      .join('');
    return request(createJsonPost(method.href, { ...given, text, link_preview_options: { url: link } }));
  },
};
