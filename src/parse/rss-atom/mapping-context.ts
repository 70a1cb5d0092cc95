/** What every field needs to know while a document is mapped. */
import type { ParsedFeed } from '../../model/item.js';
import { resolveUrl } from '../urls.js';
import type { Warnings } from '../warnings.js';
import { baseOf, type XmlNode } from '../xml/element.js';

export interface MappingContext {
  readonly format: ParsedFeed['format'];
  /** What relative addresses resolve against where no xml:base says: the document's own, else the site's. */
  readonly base: string | null;
  readonly warnings: Warnings;
}

/** The address in a reference that stands at an element. */
export function resolveAt(reference: string, node: XmlNode | undefined, context: MappingContext): string {
  return resolveUrl(reference, baseOf(node) ?? context.base);
}
