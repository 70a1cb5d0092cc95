/** Escapes strings for XML and drops characters that it forbids. All XML output must use it. */
import { htmlSafe, htmlText } from './escape.js';

// Everything outside XML 1.0 2.2 Char; invisible DEL and C1 controls; noncharacters and lone surrogates (RFC 7493 2.1).
const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}\p{Noncharacter_Code_Point}]/gu;
/** A cheap test before the slower one by Unicode properties. */
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** Drops characters that XML or JSON forbids, and normalises line ends to line feeds (XML 1.0 2.11). */
export function legalText(value: string): string {
  return SUSPECT.test(value) ? value.replace(ILLEGAL, '').replace(/\r\n?/g, '\n') : value;
}

/** For text between tags. */
export function xmlText(value: string): string {
  return htmlText(legalText(value));
}

/** For titles: hexadecimal references, as the RSS profile recommends. */
export function xmlTitle(value: string): string {
  return legalText(value).replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;');
}

/** Plain text as HTML inside XML: escaped twice. */
export function toXmlHtml(value: string): string {
  return htmlText(xmlText(value));
}

/** For values in double quotes. Tabs and line feeds become spaces, as in an XML parser (XML 1.0 3.3.3). */
export function xmlAttribute(value: string): string {
  return htmlSafe(legalText(value).replace(/[\t\n]/g, ' '));
}

/** Splits each `]]>` over two sections. */
export function xmlCdata(value: string): string {
  return `<![CDATA[${legalText(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
