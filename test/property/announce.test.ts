/** No headline and no address makes a target notify, tag or link anything but the article. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { targets } from '../../src/announce/targets.js';
import { aMessage, aTarget, TARGET_URLS } from '../support/announcements.js';
import { runs } from '../support/thorough.js';

const PAGE = 'https://paper.example/';

interface Detection {
  /** Rules that a service applies to the whole message, addresses included. */
  readonly everywhere: readonly RegExp[];
  /** Rules for the text outside an address. */
  readonly text: readonly RegExp[];
}

/** What each service detects in a message, after its published rules or its documentation. */
const DETECTED: Readonly<Record<string, Detection>> = {
  // app/models/account.rb and tag.rb of Mastodon; twitter-text for addresses.
  mastodon: {
    everywhere: [/(?<![=/\p{L}\p{N}_])@[a-z0-9_]+/giu, /(?<![=/)\p{L}\p{N}])#[\p{L}\p{N}_·]*[\p{L}_]/gu],
    text: [/[a-z]+:\/\/\S+/giu, /(?:xmpp|magnet|mailto):\S+/giu],
  },
  // core.telegram.org/bots/api#messageentity
  telegram: {
    everywhere: [/(?<![\p{L}\p{N}_])@[a-z]\w{1,31}/giu],
    text: [
      /(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]+/gu,
      /(?<![\p{L}\p{N}_])\$[A-Z]{1,8}/gu,
      /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}/giu,
      /[a-z][a-z0-9+.-]*:\/\/\S+/giu,
      /[\w.+-]+@[\w-]+\.\p{L}{2,}/gu,
      /[\p{L}\p{N}]\.\p{L}{2,}/gu,
    ],
  },
  // docs.slack.dev/messaging/formatting-message-text
  slack: { everywhere: [/<[^>]*>/g, /(?<![\p{L}\p{N}_/=])@[a-z]\w*/giu], text: [/[a-z]+:\/\/\S+/giu] },
  // discord.com/developers/docs/reference#message-formatting; mentions are switched off by `allowed_mentions`.
  discord: {
    everywhere: [/(?<!\\)\[[^\]]*\]\([^)]*\)/g, /(?<!\\)(?:\*\*|\|\||`)/g],
    text: [/[a-z]+:\/\/\S+/giu],
  },
};

const hostile = fc.constantFrom(
  ...[
    '@',
    '@Gargron@mastodon.social',
    '#',
    '#tag',
    '$AAPL',
    '/start',
    'https://evil.example/x',
    'evil.example',
    'xmpp:a@b.example',
  ],
  ...[
    '<@U1>',
    '<!channel>',
    '[a](https://evil.example)',
    '**',
    '||',
    '`',
    '(',
    ')',
    '-',
    '.',
    ' ',
    'ж',
    '字',
    '|',
    ':',
    '\u202e',
    '%40',
  ],
);
const words = fc
  .array(fc.oneof(hostile, fc.string({ maxLength: 3, unit: 'grapheme' })), { maxLength: 12 })
  .map((parts) => parts.join(''));

it.each(Object.keys(DETECTED))('%s detects nothing but the address of the article', async (to) => {
  const kind = await targets.find(({ name }) => name === to)!.load();
  await fc.assert(
    fc.asyncProperty(words, words, words, async (title, publication, path) => {
      const url = new URL(path.replace(/^[/\\]+/, ''), PAGE).href;
      fc.pre(url.startsWith(PAGE));
      let sent = '';
      await kind.send(
        aMessage({ title, publication, url, text: '{title} · {publication}\n{url}' }),
        aTarget(to, TARGET_URLS[to]!),
        async ({ body }) => {
          const { status, text, content } = JSON.parse(String(body));
          sent = status ?? text ?? content;
          return { status: 200, headers: {}, body: '{}' };
        },
        { picture: async () => null },
      );
      const end = sent.lastIndexOf('\n') + 1;
      expect(sent.slice(end).startsWith(PAGE)).toBe(true);
      const { everywhere, text } = DETECTED[to]!;
      for (const rule of everywhere) expect(sent.match(rule), rule.source).toBeNull();
      for (const rule of text) expect(sent.slice(0, end).match(rule), rule.source).toBeNull();
    }),
    { numRuns: runs(2000) },
  );
});
