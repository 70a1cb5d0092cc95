/** Builders of a stored article and of settings, for tests of publishing. */
import type { EditionSettings } from '../../src/compose/settings.js';
import type { Article } from '../../src/model/article.js';
import { articleId, aText, at } from './stored-articles.js';

export function publishedArticle(about: Partial<Article> = {}, n = 1): Article {
  return {
    ...aText(n),
    ref: n,
    id: articleId(n),
    sourceId: 'paper',
    alsoIn: [],
    place: 0,
    publishedAt: at(n),
    publishedAtFrom: 'published',
    updatedAt: null,
    firstSeenAt: at(n + 1),
    withdrawnAt: null,
    hidden: null,
    retitled: null,
    edits: null,
    topics: [],
    ...about,
  };
}

export function editionSettings(about: Partial<EditionSettings> = {}): EditionSettings {
  const source = (id: string, content: 'full' | 'summary' | 'none') => ({
    id,
    url: `https://${id}.example/feed`,
    title: null,
    content,
    withdrawn: 'remove' as const,
  });
  return {
    site: {
      title: 'The Section',
      url: 'https://news.example.org/',
      feedsUrl: 'https://news.example.org/feeds/',
      description: 'World news, woven',
      language: 'en-GB',
      timezone: 'UTC',
      comments: null,
    },
    publish: {
      formats: ['rss', 'atom', 'json', 'opml'],
      items: 50,
      perSource: true,
      stories: true,
      archive: true,
      link: 'source',
      hub: null,
      menu: null,
      words: {},
    },
    sources: [source('paper', 'full'), source('zeitung', 'summary'), source('secret', 'none')],
    topics: [
      { id: 'sea', label: { de: 'Meer', en: 'Sea' }, iptc: undefined, parent: undefined },
      { id: 'ocean', label: 'Sea', iptc: undefined, parent: 'sea' },
      { id: 'weather', label: ' Weather ', iptc: 'medtop:17000000', parent: undefined },
    ],
    ...about,
  };
}
