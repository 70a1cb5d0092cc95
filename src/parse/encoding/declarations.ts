/** Finds the encoding that a document declares in its text. */

export interface Declaration {
  readonly place: string;
  /** @param head the document's first bytes, each as one character. */
  findLabel(head: string): string | null;
}

/** XML 1.0, 4.3.3. */
export const XML_DECLARATION: Declaration = {
  place: 'XML declaration',
  findLabel: (head) => /<\?xml[^>]*?\sencoding\s*=[\s"']*([A-Za-z0-9._:-]+)/i.exec(head)?.[1] ?? null,
};

/** WHATWG HTML 13.2.3.2, with the XML declaration as fallback. UTF-16 means UTF-8: its bytes would not match here. */
export const HTML_DECLARATION: Declaration = {
  place: 'meta',
  findLabel: (head) => {
    const markup = head.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
    const label = /<meta[\s/](?:[^>]*?[\s"';/])?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(markup)?.[1];
    if (label === undefined) return XML_DECLARATION.findLabel(head);
    return /^utf-?16/i.test(label) ? 'utf-8' : label;
  },
};
