/** Putting strings into XML: the one place that escapes, so that no publisher's text can ever break a file of ours. */
import { htmlSafe, htmlText } from './escape.js';

// XML 1.0 2.2 Char, without DEL and C1 controls (legal, but shown by nothing) and, for I-JSON (RFC 7493 2.1), without
// noncharacters and lone surrogates.
const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}\p{Noncharacter_Code_Point}]/gu;
/** Any of these, half of a surrogate pair or a carriage return: only then is there anything to look for by Unicode properties. */
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** Drops what neither XML nor JSON may hold, and makes every line end a line feed, as an XML parser would (XML 1.0 2.11). */
export function legalText(value: string): string {
  return SUSPECT.test(value) ? value.replace(ILLEGAL, '').replace(/\r\n?/g, '\n') : value;
}

/** Text between tags. */
export function xmlText(value: string): string {
  return htmlText(legalText(value));
}

/** Text between tags as the RSS profile wants titles: hexadecimal references, which no reader takes for markup. */
export function xmlTitle(value: string): string {
  return legalText(value).replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;');
}

/** Plain text as HTML, put into XML: escaped once for each. */
export function xmlOfHtmlText(value: string): string {
  return htmlText(xmlText(value));
}

/** A value inside double quotes. White space becomes spaces, as a parser would make of it (XML 1.0 3.3.3). */
export function xmlAttribute(value: string): string {
  return htmlSafe(legalText(value).replace(/[\t\n]/g, ' '));
}

/** A CDATA section; every end mark inside is split over two. */
export function xmlCdata(value: string): string {
  return `<![CDATA[${legalText(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
