/** Reads the links of an item or a feed, and selects its address. */
import type { Link } from '../../model/item.js';
import { PARSE_LIMITS } from '../limits.js';
import { isWebAddress } from '../urls.js';
import { attribute, children, childText, elementText, type XmlNode } from '../xml/element.js';
import { type MappingContext, resolveReference } from './mapping-context.js';

/** Atom links (RFC 4287 4.2.7), and RSS `link` as an alternate. */
export function readLinks(parent: XmlNode, context: MappingContext): Link[] {
  const links: Link[] = [];
  for (const name of ['link', 'atom:link', 'xhtml:link']) {
    for (const node of children(parent, name)) {
      const link = readLink(node, context);
      if (link && links.length < PARSE_LIMITS.list) links.push(link);
    }
  }
  return links;
}

function readLink(node: XmlNode, context: MappingContext): Link | null {
  const href = attribute(node, 'href') ?? elementText(node);
  if (href === '' || href.length > PARSE_LIMITS.line) return null;
  return {
    href: resolveReference(href, node, context),
    rel: normalizeRelation(attribute(node, 'rel')),
    type: attribute(node, 'type'),
    title: attribute(node, 'title'),
    length: parseWholeNumber(attribute(node, 'length')),
  };
}

/** A registered relation may be written as an IRI (RFC 4287 4.2.7.2). */
function normalizeRelation(rel: string | null): string {
  return (rel ?? 'alternate').replace(/^http:\/\/www\.iana\.org\/assignments\/relation\//, '').toLowerCase();
}

/** The first alternate in HTML or without a type, else the first alternate. */
export function selectAlternateUrl(links: readonly Link[]): string | null {
  const pages = links.filter((link) => link.rel === 'alternate');
  const best = pages.find((link) => link.type === null || /html/i.test(link.type)) ?? pages[0];
  return best?.href ?? null;
}

export function findLinkUrl(links: readonly Link[], rel: string): string | null {
  return links.find((link) => link.rel === rel)?.href ?? null;
}

/** A guid that is a web address, unless declared otherwise. */
export function toPermalink(parent: XmlNode, guid: string | null, isPermalink: boolean | null): string | null {
  if (guid === null || isPermalink === false) return null;
  return isWebAddress(guid) && childText(parent, 'guid') !== null ? guid : null;
}

/** A non-negative integer; null: anything else. */
export function parseWholeNumber(value: string | null): number | null {
  if (value === null || !/^\s*\d{1,15}\s*$/.test(value)) return null;
  return Number(value);
}
