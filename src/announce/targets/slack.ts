/** Slack, through an incoming webhook. */
import { htmlText } from '../../text/escape.js';
import { createJsonPost, type TargetKind } from '../target.js';
import { fitParts, neutralisePart, type TextPart } from '../text.js';

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
    const fitted = fitParts(parts, LIMIT, (part) => toMrkdwnText(part).length).filter(({ value }) => value !== '');
    const section = { type: 'rich_text_section', elements: fitted.map(toRichTextElement) };
    const body = {
      text: fitted.map(toMrkdwnText).join(''),
      link_names: false,
      blocks: [{ type: 'rich_text', elements: [section] }],
    };
    return request(createJsonPost(url, body));
  },
};

function toRichTextElement({ kind, value }: TextPart): unknown {
  return kind === 'url' ? { type: 'link', url: value } : { type: 'text', text: value };
}

function toMrkdwnText(part: TextPart): string {
  return htmlText(neutralisePart(part));
}
