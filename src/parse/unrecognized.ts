/** Determines the kind of a document that is not a feed, for the error message. */
import { ParseError } from '../model/errors.js';
import { firstElement } from './xml/root.js';

interface LookAlike {
  /** Machine-readable: `details.is`. */
  readonly is: string;
  readonly message: string;
  readonly matches: (text: string, head: string) => boolean;
}

const CHALLENGE_SIGNS =
  /cf-browser-verification|cf[-_]chl|challenge-platform|challenges\.cloudflare|just a moment\.\.\.|attention required! \| cloudflare|ddos[- ]guard|_incapsula_resource|px-captcha|g-recaptcha|h-captcha|captcha-delivery|awswafintegration|checking your browser|enable javascript and cookies to continue/i;

const LOOK_ALIKES: readonly LookAlike[] = [
  { is: 'empty', message: 'the document is empty', matches: (text) => !/[^\s\ufeff]/.test(text) },
  {
    is: 'challenge',
    message: 'a bot check (CAPTCHA), not the feed',
    matches: (_, head) => isHtmlPage(head) && isChallengePage(head),
  },
  { is: 'html', message: 'an HTML page, not a feed', matches: (_, head) => isHtmlPage(head) },
  { is: 'json', message: 'JSON, but not a JSON Feed', matches: (_, head) => /^[\s\ufeff]*[[{"]/.test(head) },
  { is: 'opml', message: 'a list of feeds (OPML), not a feed', matches: (_, head) => rootIs(head, /^opml$/i) },
  {
    is: 'sitemap',
    message: 'a sitemap, not a feed',
    matches: (_, head) => rootIs(head, /^(?:[\w-]+:)?(?:urlset|sitemapindex)$/i),
  },
  { is: 'binary', message: 'binary data, not a feed', matches: (_, head) => isBinaryData(head) },
  {
    is: 'xml',
    message: 'XML, but not RSS, Atom or CDF',
    matches: (_, head) => /^[\s\ufeff]*<\?xml\s/.test(head) || firstElement(head)?.isFirst === true,
  },
  { is: 'text', message: 'plain text, not a feed', matches: () => true },
];

export function createUnrecognizedError(text: string): ParseError {
  const head = text.slice(0, 100_000);
  const { is, message } = LOOK_ALIKES.find(({ matches }) => matches(text, head))!;
  return new ParseError('PARSE_UNRECOGNIZED', message, { details: { is } });
}

/** Whether the page is a bot check (CAPTCHA or similar). */
export function isChallengePage(html: string): boolean {
  return CHALLENGE_SIGNS.test(html.slice(0, 100_000));
}

function isHtmlPage(head: string): boolean {
  return (
    /^[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|script|title|meta)\b/i.test(
      head,
    ) || /<html[\s>]/i.test(head)
  );
}

function rootIs(head: string, name: RegExp): boolean {
  return name.test(firstElement(head)?.name ?? '');
}

function isBinaryData(head: string): boolean {
  const sample = head.slice(0, 2000);
  const invalid = sample.match(/[\x00-\x08\x0e-\x1a\ufffd]/g)?.length ?? 0;
  return invalid > 0 && invalid * 20 > sample.length;
}
