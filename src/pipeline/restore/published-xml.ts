/** Reads facts that JSON Feed lacks from published Atom and RSS: feed dates, tombstones and image facts. */
import { DomUtils, parseDocument } from 'htmlparser2';
import type { ArticleId, Image } from '../../model/article.js';

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

export interface FeedFacts {
  /** Missing: no valid date. */
  readonly updated?: Date | undefined;
  /** RFC 6721; only in Atom. */
  readonly tombstones: readonly { readonly id: ArticleId; readonly at: Date; readonly comment: string | undefined }[];
  readonly images: readonly Image[];
}

/** Throws if the document is truncated or empty. */
export function readFeedFacts(text: string): FeedFacts {
  const root = parsePublishedXml(text);
  const channel = listChildren(root, 'channel')[0] ?? root;
  return {
    updated: toValidDate(readChildText(channel, 'lastBuildDate', 'updated')),
    tombstones: listChildren(channel, 'at:deleted-entry').flatMap((element) => {
      const { ref, when } = element.attribs;
      const at = toValidDate(when);
      return ref && at ? { id: ref, at, comment: readChildText(element, 'at:comment') } : [];
    }),
    images: listChildren(channel, 'item', 'entry').flatMap((element) => readImage(element) ?? []),
  };
}

/** Returns the root element. Throws if the document is truncated or empty; published XML needs no repair. */
export function parsePublishedXml(text: string): Element {
  const { children } = parseDocument(text, { xmlMode: true });
  const [root] = DomUtils.getElementsByTagName(() => true, children, false);
  if (root === undefined || !text.trimEnd().endsWith(`</${root.name}>`)) throw new Error('the file is truncated');
  return root;
}

export function listChildren(parent: Element, ...names: readonly string[]): Element[] {
  return DomUtils.getElementsByTagName((name) => names.includes(name), parent.children, false);
}

function readImage(element: Element): Image | null {
  const { url, width, height } = listChildren(element, 'media:thumbnail')[0]?.attribs ?? {};
  if (url === undefined) return null;
  const [content] = listChildren(element, 'media:content');
  return {
    url,
    width: Number(width) || null,
    height: Number(height) || null,
    alt: (content && readChildText(content, 'media:description')) || null,
    type: content?.attribs.type || null,
  };
}

function toValidDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readChildText(parent: Element, ...names: readonly string[]): string | undefined {
  const [child] = listChildren(parent, ...names);
  return child && DomUtils.textContent(child);
}
