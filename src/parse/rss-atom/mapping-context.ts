/** The context for mapping the fields of a document. */
import type { ParsedFeed } from '../../model/item.js';
import { resolveUrl } from '../urls.js';
import type { Warnings } from '../warnings.js';
import { findXmlBase, type XmlNode } from '../xml/element.js';

export interface MappingContext {
  readonly format: ParsedFeed['format'];
  /** Base of relative addresses without xml:base: the document's address, else the site's. */
  readonly base: string | null;
  readonly warnings: Warnings;
}

export function resolveReference(reference: string, node: XmlNode | undefined, context: MappingContext): string {
  return resolveUrl(reference, findXmlBase(node) ?? context.base);
}
