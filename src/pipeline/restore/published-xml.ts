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
  const root = publishedXml(text);
  const channel = childrenOf(root, 'channel')[0] ?? root;
  return {
    updated: validDate(firstChildText(channel, 'lastBuildDate', 'updated')),
    tombstones: childrenOf(channel, 'at:deleted-entry').flatMap((element) => {
      const { ref, when } = element.attribs;
      const at = validDate(when);
      return ref && at ? { id: ref, at, comment: firstChildText(element, 'at:comment') } : [];
    }),
    images: childrenOf(channel, 'item', 'entry').flatMap((element) => readImage(element) ?? []),
  };
}

/** Returns the root element. Throws if the document is truncated or empty; published XML needs no repair. */
export function publishedXml(text: string): Element {
  const { children } = parseDocument(text, { xmlMode: true });
  const [root] = DomUtils.getElementsByTagName(() => true, children, false);
  if (root === undefined || !text.trimEnd().endsWith(`</${root.name}>`)) throw new Error('the file is truncated');
  return root;
}

export function childrenOf(parent: Element, ...names: readonly string[]): Element[] {
  return DomUtils.getElementsByTagName((name) => names.includes(name), parent.children, false);
}

function readImage(element: Element): Image | null {
  const { url, width, height } = childrenOf(element, 'media:thumbnail')[0]?.attribs ?? {};
  if (url === undefined) return null;
  const [content] = childrenOf(element, 'media:content');
  return {
    url,
    width: Number(width) || null,
    height: Number(height) || null,
    alt: (content && firstChildText(content, 'media:description')) || null,
    type: content?.attribs.type || null,
  };
}

function validDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function firstChildText(parent: Element, ...names: readonly string[]): string | undefined {
  const [child] = childrenOf(parent, ...names);
  return child && DomUtils.textContent(child);
}
