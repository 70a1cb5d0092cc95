/** Validates pages of every kind and language with an independent HTML validator. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { forwardingPage } from '../../src/write/html/forward.js';
import { anArticlePage, aPageEntry, pageWriter } from '../support/pages.js';
import { isThorough } from '../support/thorough.js';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // HTML allows any case
    'doctype-style': 'off',
    // titles come from publishers
    'long-title': 'off',
    // publishers' tables stay unchanged
    'prefer-tbody': 'off',
  },
});

/** One line per error. */
async function faults(name: string, html: string): Promise<string[]> {
  const { results } = await validator.validateString(html, name);
  return results.flatMap(({ messages }) => messages.map((one) => `${name}:${one.line} ${one.ruleId}: ${one.message}`));
}

const feeds = fileURLToPath(new URL('../../feeds/', import.meta.url));
/** All lists of the sample edition, and every third article (CI), or ninth. */
const published = (readdirSync(feeds, { recursive: true }) as string[])
  .filter((path) => path.endsWith('.html') && !path.startsWith('fragments'))
  .sort()
  .filter((path, i) => !path.startsWith('articles') || i % (isThorough ? 3 : 9) === 0);

/** Of the pages' own: for every change those that differ most in letters and direction. */
const LANGUAGES = isThorough
  ? readdirSync(new URL('../../src/data/languages/', import.meta.url)).map((file) => file.replace('.json', ''))
  : ['en', 'uk', 'ar', 'ja'];

describe('the pages', () => {
  it.each(published)('%s is valid HTML', async (path) => {
    expect(await faults(path, readFileSync(join(feeds, path), 'utf8'))).toEqual([]);
  });

  it.each(LANGUAGES)('are valid HTML in %s', async (language) => {
    const writer = pageWriter({ language });
    const entries = [aPageEntry({ sourceId: 'paper', alsoReportedBy: ['Der Bote'] })];
    const sources = [{ id: 'paper', label: 'The Paper', count: 2, language: 'ar', hasPage: true, homeUrl: null }];
    const topics = [{ id: 'sea', label: 'Sea', count: 2, recent: 1, parent: null }];
    const pages = [
      writer.list({
        kind: 'index',
        top: [],
        sourceIds: ['paper'],
        stories: true,
        entries,
        topics,
        sources,
      }),
      writer.list({ kind: 'archive', channel: 'all', label: null, number: 1, next: 2, entries }),
      writer.overview({ kind: 'topics', topics }),
      writer.overview({ kind: 'sources', sources }),
      writer.overview({ kind: 'subscribe' }),
      writer.overview({
        kind: 'publishers',
        home: 'https://news.example.org/',
        contact: 'mailto:desk@news.example.org',
        sources: [{ id: 'a', label: 'Paper A', homeUrl: 'https://a.example/', content: 'summary', every: 90 }],
      }),
      writer.article(
        anArticlePage({ contentHtml: '<h1>Fog</h1><table><tr><td>1</td></tr></table>' }, { more: entries }),
      ),
      writer.status([{ id: 'paper', title: 'The Paper', state: 'failing', since: new Date(0), newestArticleAt: null, error: null }]), // biome-ignore format: one source
      writer.withdrawn('articles/abcdefghijkl.html'),
      writer.framed({ path: 'frames/topics/sea.html', label: 'Sea', page: 'topics/sea.html', entries }),
      forwardingPage({
        title: 'Sea',
        language,
        href: 'sea.html',
        url: 'https://news.example.org/feeds/topics/sea.html',
      }),
    ];
    for (const [i, html] of pages.entries()) expect(await faults(`${language} ${i}`, html)).toEqual([]);
  });
});
