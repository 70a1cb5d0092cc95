/** Escapes strings for XML and drops characters that it forbids: the only place where we do so. */
import { htmlSafe, htmlText } from './escape.js';

// Everything outside XML 1.0 2.2 Char; DEL and C1 controls (legal, but never displayed); and noncharacters and lone surrogates,
// which I-JSON (RFC 7493 2.1) forbids.
const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}\p{Noncharacter_Code_Point}]/gu;
/** Cheap test for `ILLEGAL`, any half of a surrogate pair or a carriage return, before the slower test by Unicode properties. */
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** Drops characters that XML or JSON forbids, and normalises line ends to line feeds as an XML parser does (XML 1.0 2.11). */
export function legalText(value: string): string {
  return SUSPECT.test(value) ? value.replace(ILLEGAL, '').replace(/\r\n?/g, '\n') : value;
}

/** For text between tags. */
export function xmlText(value: string): string {
  return htmlText(legalText(value));
}

/** For titles, as the RSS profile recommends: hexadecimal references, which no reader mistakes for markup. */
export function xmlTitle(value: string): string {
  return legalText(value).replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;');
}

/** Plain text as HTML inside XML: escaped once for each. */
export function xmlOfHtmlText(value: string): string {
  return htmlText(xmlText(value));
}

/** For values in double quotes. Tabs and line feeds become spaces, as an XML parser would make them (XML 1.0 3.3.3). */
export function xmlAttribute(value: string): string {
  return htmlSafe(legalText(value).replace(/[\t\n]/g, ' '));
}

/** A CDATA section; each `]]>` inside is split over two sections. */
export function xmlCdata(value: string): string {
  return `<![CDATA[${legalText(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
