/** Reads the introduction of a digest issue: the editor's Markdown as HTML without pictures and players. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadIntroduction } from '../model/digest.js';
import type { Settings } from '../model/settings.js';
import { legalText } from '../text/xml.js';

const MEDIA = /<\/?(?:picture|source|img|iframe|video|audio)\b[^>]*>/g;

export function prepareIntroductions({ root, site }: Pick<Settings, 'root' | 'site'>): ReadIntroduction {
  return async ({ introduction = '' }, day) => {
    const text =
      typeof introduction === 'string' ? introduction : await readLetter(join(root, introduction.folder, `${day}.md`));
    const [{ renderMarkdown }, { sanitizeHtml }] = await Promise.all([
      import('../parse/own/markdown.js'),
      import('../sanitize/sanitize.js'),
    ]);
    const { html } = renderMarkdown(legalText(text), site.url);
    // Attributes of sanitized HTML contain no ">".
    return sanitizeHtml(html, { baseUrl: site.url }).replace(MEDIA, '').trim() || null;
  };
}

/** Empty: the issue has none. */
async function readLetter(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}
