/** Renders Markdown to HTML, and lists its images with their lines. */

import MarkdownIt from 'markdown-it';
import { isAddress } from '../../model/address.js';

export interface Rendered {
  readonly html: string;
  /** As written, with the line of its block, from 1. */
  readonly images: readonly { readonly src: string; readonly line: number }[];
}

const markdown = new MarkdownIt({ html: true, linkify: true });
const IMG = /<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;

/** CommonMark with tables and strikethrough; HTML is kept. Relative links resolve against `homeUrl`. */
export function renderMarkdown(text: string, homeUrl: string): Rendered {
  const env = {};
  const tokens = markdown.parse(text, env);
  const images: { src: string; line: number }[] = [];
  let line = 1;
  for (const block of tokens) {
    line = block.map === null ? line : block.map[0] + 1;
    for (const token of [block, ...(block.children ?? [])]) {
      if (token.type === 'image') images.push({ src: String(token.attrGet('src') ?? ''), line });
      if (token.type === 'html_block' || token.type === 'html_inline')
        for (const [, a, b, c] of token.content.matchAll(IMG)) images.push({ src: a ?? b ?? c ?? '', line });
      if (token.type === 'link_open')
        token.attrSet('href', resolveSectionLink(String(token.attrGet('href') ?? ''), homeUrl));
    }
  }
  return { html: markdown.renderer.render(tokens, markdown.options, env), images };
}

function resolveSectionLink(href: string, homeUrl: string): string {
  return href.startsWith('#') || !isAddress(href, homeUrl) ? href : new URL(href, homeUrl).href;
}
