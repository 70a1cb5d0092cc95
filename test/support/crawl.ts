/** Follows the links of a published folder from its index, as a reader would. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from 'htmlparser2';

export interface Crawl {
  /** Paths of all files that a link leads to. */
  readonly reached: ReadonlySet<string>;
  /** `page: link` of every link without a target file or element. */
  readonly dead: readonly string[];
}

/** `base`: the address of the folder. External links are not followed. */
export function crawl(folder: string, base: string): Crawl {
  const pages = new Map<string, Page>();
  const dead: string[] = [];
  const open = (path: string) => {
    const known = pages.get(path);
    if (known !== undefined) return known;
    const page = path.endsWith('.html') ? readPage(readFileSync(join(folder, path), 'utf8')) : NO_PAGE;
    pages.set(path, page);
    waiting.push(path);
    return page;
  };
  const waiting: string[] = [];
  open('index.html');
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const link of pages.get(from)!.links) {
      const { href, hash } = new URL(link, base + from);
      const address = href.slice(0, href.length - hash.length);
      if (!address.startsWith(base)) continue;
      const path = decodeURIComponent(address.slice(base.length)) || 'index.html';
      const target = existsSync(join(folder, path)) ? open(path) : null;
      if (target === null || (hash !== '' && !target.ids.has(hash.slice(1)))) dead.push(`${from}: ${link}`);
    }
  }
  return { reached: new Set(pages.keys()), dead };
}

interface Page {
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
}
const NO_PAGE: Page = { links: [], ids: new Set() };

function readPage(html: string): Page {
  const links: string[] = [];
  const ids = new Set<string>();
  const parser = new Parser({
    onopentag: (_name, { href, src, srcset, id }) => {
      links.push(...[href, src].filter((link) => link !== undefined));
      links.push(...(srcset ?? '').split(',').flatMap((one) => one.trim().split(/\s/)[0] || []));
      if (id !== undefined) ids.add(id);
    },
  });
  parser.end(html);
  return { links, ids };
}
