/** Discord, through a channel webhook. */
import { createJsonPost, type TargetKind } from '../target.js';
import { escapeAddress, fitParts, type TextPart } from '../text.js';

/** UTF-16 code units of `content`. */
const LIMIT = 2_000;

/** An empty `allowed_mentions` prevents pings. */
export const discord: TargetKind = {
  keysKeptMs: 0,
  answersJson: false,
  send: ({ parts }, { url }, request) => {
    const content = fitParts(parts, LIMIT, (part) => escapeMarkdown(part).length)
      .map(escapeMarkdown)
      .join('');
    return request(createJsonPost(url, { content, allowed_mentions: { parse: [] } }));
  },
};

/** Escapes all punctuation with a backslash, which disables markup and URLs ("https\://"). */
function escapeMarkdown({ kind, value }: TextPart): string {
  if (kind === 'url') return escapeAddress(value);
  return kind === 'own' ? value : value.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
