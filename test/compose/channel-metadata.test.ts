import { describe, expect, it } from 'vitest';
import { channelMetadata } from '../../src/compose/channel-metadata.js';
import { editionSettings } from '../support/published-article.js';

const profile = { title: ' La\nPresse ', homeUrl: null, feedUrl: null, description: null, language: 'fr' };
const profiles = new Map([['paper', profile]]);
const settings = editionSettings();
const metadata = (path: string, given = settings) => channelMetadata(path, given, profiles);
const withPublish = (about: Partial<typeof settings.publish>) => ({
  ...settings,
  publish: { ...settings.publish, ...about },
});

describe('channelMetadata', () => {
  it.each([
    ['all', 'all', 'The Section', 'World news, woven', 'en-GB'],
    ['topics/sea', 'topic', 'Sea – The Section', 'Sea: every article on it in The Section', 'en-GB'],
    ['sources/paper', 'source', 'La Presse – The Section', 'La Presse: its articles in The Section', 'fr'],
    ['sources/zeitung', 'source', 'zeitung – The Section', 'zeitung: its articles in The Section', 'en-GB'],
    [
      'stories',
      'stories',
      'Stories – The Section',
      'The stories that several publications tell, woven by The Section',
      'en-GB',
    ],
  ])('%s', (path, kind, title, description, language) => {
    expect(metadata(path)).toMatchObject({
      path,
      kind,
      title,
      description,
      language,
      id: `https://news.example.org/feeds/${path}`,
    });
  });

  it.each(['topics/unknown', 'sources/unknown', 'nonsense'])('is null for %s', (path) =>
    expect(metadata(path)).toBe(null),
  );

  it('is null for disabled channels', () => {
    expect(metadata('sources/paper', withPublish({ perSource: false }))).toBe(null);
    expect(metadata('stories', withPublish({ stories: false }))).toBe(null);
  });

  it('uses the configured title of a source', () => {
    const sources = settings.sources.map((source) => ({ ...source, title: 'Die Presse' }));
    expect(metadata('sources/paper', { ...settings, sources })?.title).toBe('Die Presse – The Section');
  });

  it('uses the host of the home page if a feed has no title', () => {
    const untitled = new Map([['paper', { ...profile, title: null, homeUrl: 'https://www.paper.example/news' }]]);
    expect(channelMetadata('sources/paper', settings, untitled)?.title).toBe('paper.example – The Section');
  });

  it('links to its own page, or to the section if there are no pages', () => {
    expect(metadata('topics/sea')?.homeUrl).toBe('https://news.example.org/');
    const pages = withPublish({ formats: ['rss', 'html'] });
    expect(metadata('topics/sea', pages)?.homeUrl).toBe('https://news.example.org/feeds/topics/sea.html');
    expect(metadata('all', pages)?.homeUrl).toBe('https://news.example.org/');
  });
});
