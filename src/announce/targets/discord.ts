/** Discord, by a webhook of a channel. */
import { jsonPost, type TargetKind } from '../target.js';
import { fittedParts, type TextPart } from '../text.js';

/** UTF-16 code units of `content`. */
const LIMIT = 2_000;

/** `allowed_mentions` with nothing in it: nobody is pinged, whatever the text says. */
export const discord: TargetKind = {
  keysKeptMs: 0,
  answersJson: false,
  send: ({ parts }, { url }, request) => {
    const content = fittedParts(parts, LIMIT, (part) => markdownOf(part).length)
      .map(markdownOf)
      .join('');
    return request(jsonPost(url, { content, allowed_mentions: { parse: [] } }));
  },
};

/** A backslash before any sign makes it a sign: no markup, and no address either ("https\://"). */
function markdownOf({ kind, value }: TextPart): string {
  return kind === 'own' || kind === 'url' ? value : value.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
