/** Removes and selects elements of HTML by CSS selectors. Loads css-select on demand. */
import { createRequire } from 'node:module';
import type { AnyNode, Document } from 'domhandler';
import { parseDocument } from 'htmlparser2';

const load = createRequire(import.meta.url);
const libraries = () => ({
  ...(load('css-select') as typeof import('css-select')),
  ...(load('domutils') as typeof import('domutils')),
});

/** Changes the tree. Returns whether an element was removed. */
export function removeElements(root: Document, selectors: readonly string[]): boolean {
  if (selectors.length === 0) return false;
  const { selectAll, removeElement } = libraries();
  const found = selectAll<AnyNode, AnyNode>(selectors.join(','), root);
  for (const element of found) removeElement(element);
  return found.length > 0;
}

export function removeFromHtml(html: string, selectors: readonly string[]): string {
  const root = parseDocument(html);
  return removeElements(root, selectors) ? libraries().getInnerHTML(root) : html;
}

/** null: no element matches. */
export function selectHtml(root: Document, selector: string): string | null {
  const { selectAll, removeSubsets, getOuterHTML } = libraries();
  const found = removeSubsets([...selectAll<AnyNode, AnyNode>(selector, root)]);
  return found.length === 0 ? null : getOuterHTML(found);
}

export function isSelector(value: string): boolean {
  try {
    libraries().compile(value);
    return value.trim() !== '';
  } catch {
    return false;
  }
}
