/** Slack, through an incoming webhook. */
import { htmlText } from '../../text/escape.js';
import { jsonPost, type TargetKind } from '../target.js';
import { fittedParts, searchedPart, type TextPart } from '../text.js';

/** Limit of a text object (Block Kit). */
const LIMIT = 3_000;

/**
 * Uses a rich text block, in which Slack detects no markup, mentions or URLs. Notifications and compatible servers use `text`,
 * so `&`, `<` and `>` are escaped and names are neutralised in it.
 */
export const slack: TargetKind = {
  keysKeptMs: 0,
  answersJson: false,
  send: ({ parts }, { url }, request) => {
    const fitted = fittedParts(parts, LIMIT, (part) => shownText(part).length).filter(({ value }) => value !== '');
    const section = { type: 'rich_text_section', elements: fitted.map(elementOf) };
    const body = {
      text: fitted.map(shownText).join(''),
      link_names: false,
      blocks: [{ type: 'rich_text', elements: [section] }],
    };
    return request(jsonPost(url, body));
  },
};

function elementOf({ kind, value }: TextPart): unknown {
  return kind === 'url' ? { type: 'link', url: value } : { type: 'text', text: value };
}

function shownText(part: TextPart): string {
  return htmlText(searchedPart(part));
}
