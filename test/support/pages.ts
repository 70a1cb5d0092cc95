/** Builders of sites, articles and writers for tests of pages. */
import type { ArticlePage, PageEntry, Site, Theme } from '../../src/model/page.js';
import { UTC } from '../../src/model/page.js';
import { createPageWriter, type PageWriter } from '../../src/write/html/html.js';
import { anEntry } from './channel.js';

export const noTheme: Theme = { templates: {}, stylesheet: '' };

function aSite(about: Partial<Site> = {}): Site {
  return {
    title: 'The Section',
    description: 'World news, woven',
    language: 'en',
    feedsUrl: 'https://news.example.org/feeds/',
    formats: ['rss', 'atom', 'json', 'opml', 'html'],
    perSource: true,
    words: {},
    zone: UTC,
    hasTopics: true,
    menu: [
      { id: 'sea', label: 'Sea' },
      { id: 'weather', label: 'Weather' },
    ],
    ownPictures: false,
    icon: null,
    sharedImage: null,
    icons: false,
    ...about,
  };
}

export function pageWriter(about: Partial<Site> = {}, theme: Theme = noTheme): PageWriter {
  return createPageWriter(aSite(about), theme);
}

export function aPageEntry(about: Partial<PageEntry> = {}): PageEntry {
  const { id, slug, title, summary, language, publishedAt, publication } = anEntry();
  return {
    id,
    slug,
    title,
    summary,
    language,
    publishedAt,
    publication: publication.title,
    picture: null,
    sourceId: null,
    alsoReportedBy: [],
    ...about,
  };
}

export function anArticlePage(
  about: Partial<ArticlePage['entry']> = {},
  links: Partial<ArticlePage> = {},
): ArticlePage {
  return { entry: anEntry(about), story: null, more: [], alike: [], ...links };
}
