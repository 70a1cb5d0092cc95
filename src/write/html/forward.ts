/** Writes a redirect page at the previous address of a page. */
import { htmlSafe } from '../../text/escape.js';

/** `href`: the new page, relative to this one; `url`: absolute. */
export function forwardingPage(page: {
  readonly title: string;
  readonly language: string;
  readonly href: string;
  readonly url: string;
}): string {
  const [title, href] = [htmlSafe(page.title), htmlSafe(page.href)];
  return [
    '<!doctype html>',
    `<html lang="${htmlSafe(page.language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${title}</title>`,
    `<link rel="canonical" href="${htmlSafe(page.url)}">`,
    `<meta http-equiv="refresh" content="0; url=${href}">`,
    '<meta name="robots" content="noindex, follow">',
    '</head>',
    `<body><main><h1><a href="${href}">${title}</a></h1></main></body>`,
    '</html>',
    '',
  ].join('\n');
}
