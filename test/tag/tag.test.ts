import { describe, expect, it } from 'vitest';
import type { Category } from '../../src/model/item.js';
import { EDITORS_TOPIC, type TopicConfig } from '../../src/model/topic.js';
import { createTagger, type Taggable } from '../../src/tag/tag.js';

const topic = (config: Partial<TopicConfig>): TopicConfig => ({ id: 'x', ...config });
const ids = (topics: readonly TopicConfig[], article: Partial<Taggable>) =>
  createTagger(topics)
    .tag({ title: 'A quiet day', language: 'en', ...article })
    .map(({ topicId }) => topicId);
const finds = (config: Partial<TopicConfig>, article: Partial<Taggable>) => ids([topic(config)], article).includes('x');
const longText = (...mentions: string[]) =>
  [...mentions, 'and the harbour was calm until the evening came'].join('. ') + ' word'.repeat(130);

describe('the word cache', () => {
  it('distinguishes words in one slot', () => {
    const tagger = createTagger([topic({ any: ['=xaabb'] })]);
    // Words with the same sum of letters, as Aa and BB.
    const tagged = ['xaabb', 'xbBbb', 'xaabb', 'xaabbs', 'yaabb', 'xaabb'].map((word) =>
      tagger.tag({ title: `A ${word} here`, language: 'en' }).map(({ topicId }) => topicId),
    );
    expect(tagged).toEqual([['x'], [], ['x'], [], [], ['x']]);
  });
});

describe('conditions of a topic', () => {
  const troops = { any: ['troops', 'soldiers'], all: ['North Korea'] };

  it('requires every phrase of all, in any field', () => {
    expect(finds(troops, { title: 'Troops leave' })).toBe(false);
    expect(finds(troops, { title: 'North Korea speaks' })).toBe(false);
    expect(finds(troops, { title: 'Soldiers seen', summary: 'They came from North Korea.' })).toBe(true);
  });

  it('does not require any if all is configured', () => {
    expect(finds({ all: ['Kursk', 'North Korea*'] }, { title: 'North Koreans in Kursk' })).toBe(true);
    expect(finds({ all: ['Kursk', 'North Korea*'] }, { title: 'Kursk' })).toBe(false);
  });

  it('excludes a topic by none anywhere in the article', () => {
    const georgia = { any: ['Georgia'], none: ['Atlanta'] };
    expect(finds(georgia, { title: 'Georgia votes' })).toBe(true);
    expect(finds(georgia, { title: 'Georgia votes', contentHtml: '<p>Queues in Atlanta.</p>' })).toBe(false);
    expect(
      finds({ ...georgia, map: [{ category: 'Georgia' }] }, { categories: [category('Georgia')], summary: 'Atlanta' }),
    ).toBe(false);
  });

  it('keeps a topic set by the editor', () => {
    const named = { categories: [category('x', null, EDITORS_TOPIC)] };
    expect(finds({ any: ['ferry'], none: ['quiet'] }, named)).toBe(true);
    const many = Array.from('abcdefgh', (id) => topic({ id, any: ['quiet', 'day'] }));
    expect(ids([...many, topic({ any: ['ferry'] })], named)).toEqual(['x', 'a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('takes a hint in the headline, or two different ones anywhere', () => {
    const media = { hints: ['TikTok', 'YouTube', 'video', 'videos'] };
    expect(finds(media, { title: 'TikTok grows' })).toBe(true);
    expect(finds(media, { summary: 'The mayor said so on TikTok, and again on TikTok.' })).toBe(false);
    expect(finds(media, { summary: 'The mayor said so in a video.' })).toBe(false);
    expect(finds(media, { summary: 'TikTok is as large as YouTube.' })).toBe(true);
    expect(finds({ ...media, any: ['podcast'] }, { summary: 'The podcast is on TikTok.' })).toBe(true);
    expect(finds({ ...media, map: [{ category: 'Media' }] }, { categories: [category('Media')] })).toBe(true);
  });

  it('does not take two hints from the body alone after a summary, or overlapping ones', () => {
    const media = { hints: ['TikTok', 'YouTube', 'video', 'video platform'] };
    const bodyText = 'TikTok is as large as YouTube.';
    expect(finds(media, { bodyText })).toBe(true);
    expect(finds(media, { summary: 'A new harbour.', bodyText })).toBe(false);
    expect(finds(media, { summary: 'It is on TikTok.', bodyText })).toBe(true);
    expect(finds(media, { summary: 'It is on a video platform.' })).toBe(false);
  });

  it('takes the name of a place from the headline or the summary, and a demonym as a hint', () => {
    const denmark = { place: 'DK' };
    expect(finds(denmark, { summary: 'A ferry for Denmark.' })).toBe(true);
    expect(finds(denmark, { title: 'Danish ferry' })).toBe(true);
    expect(finds(denmark, { summary: 'A Danish designer.' })).toBe(false);
    expect(finds(denmark, { summary: 'A Danish designer in Copenhagen.' })).toBe(true);
    expect(finds(denmark, { summary: 'A ferry.', bodyText: longText('Denmark', 'Denmark', 'Denmark') })).toBe(false);
  });

  it('finds near phrases in any order, within ten words of one paragraph', () => {
    const near = { near: [['troops', 'Ukraine']] };
    expect(finds(near, { title: 'Ukraine: more troops' })).toBe(true);
    expect(finds(near, { title: 'troops one two three four five six seven eight nine Ukraine' })).toBe(true);
    expect(finds(near, { title: 'troops one two three four five six seven eight nine ten Ukraine' })).toBe(false);
    expect(finds(near, { title: 'troops', summary: 'Ukraine' })).toBe(false);
    expect(finds(near, { contentHtml: '<p>More troops</p><p>Ukraine</p>' })).toBe(false);
    expect(finds({ near: [['troops', 'Ukraine', 'border']] }, { title: 'Border troops leave for Ukraine' })).toBe(true);
    expect(finds({ near: [['troops', 'Ukraine', 'border']] }, { title: 'troops leave for Ukraine' })).toBe(false);
  });
});

const category = (term: string, label: string | null = null, scheme: string | null = null): Category => ({
  term,
  label,
  scheme,
});

describe('categories', () => {
  it('compares whole terms and labels, ignoring case, for the configured source', () => {
    const map = [{ source: 'bbc', category: 'War in Ukraine' }];
    expect(finds({ map }, { sourceId: 'bbc', categories: [category('WAR in Ukraine ')] })).toBe(true);
    expect(finds({ map }, { sourceId: 'bbc', categories: [category('c1', 'War in ukraine')] })).toBe(true);
    expect(finds({ map }, { sourceId: 'cnn', categories: [category('War in Ukraine')] })).toBe(false);
    expect(finds({ map }, { sourceIds: ['cnn', 'bbc'], categories: [category('War in Ukraine')] })).toBe(true);
    expect(finds({ map }, { sourceId: 'bbc', categories: [category('No war in Ukraine')] })).toBe(false);
  });

  it('requires an equal scheme if the map has one', () => {
    const map = [{ scheme: 'https://a.example/', category: 'war' }];
    expect(finds({ map }, { categories: [category('War', null, 'https://a.example/')] })).toBe(true);
    expect(finds({ map }, { categories: [category('War', null, 'https://b.example/')] })).toBe(false);
  });

  it('has the category as evidence', () => {
    const [tag] = createTagger([topic({ map: [{ category: 'war' }] })]).tag({
      title: 'Night',
      categories: [category('War')],
    });
    expect(tag).toEqual({
      topicId: 'x',
      score: 4,
      because: [{ phrase: 'War', field: 'category', offset: 0, weight: 4 }],
    });
  });
});

describe('weights', () => {
  const kursk = [topic({ any: ['Kursk'] })];
  const scoreOf = (article: Partial<Taggable>) =>
    createTagger(kursk).tag({ title: 'A day', language: 'en', ...article })[0]?.score ?? 0;

  it('tags a long article by its title, or by three mentions in its body', () => {
    expect(scoreOf({ title: 'Kursk', bodyText: longText() })).toBe(3);
    expect(scoreOf({ bodyText: longText('Kursk', 'Kursk') })).toBe(0);
    expect(scoreOf({ bodyText: longText('Kursk', 'Kursk', 'Kursk') })).toBe(3);
    expect(scoreOf({ summary: 'In Kursk', bodyText: longText('Kursk') })).toBe(3);
  });

  it('counts a mention once if the summary is the beginning of the content', () => {
    const summary = 'The harbour opens early.';
    expect(finds({ any: ['harbour'] }, { summary, bodyText: `${summary} ${longText()}`.replace(/was calm/, '') })).toBe(
      true,
    );
    expect(finds({ any: ['early'] }, { summary, bodyText: `${summary} ${longText()}` })).toBe(false);
  });

  it('tags a short article by any mention', () => {
    expect(scoreOf({ bodyText: 'Fighting in Kursk goes on.' })).toBe(3);
  });

  it('reads the path of the address, but not its host or query', () => {
    expect(scoreOf({ summary: 'In Kursk', bodyText: longText(), url: 'https://a.example/2026/kursk-falls.html' })).toBe(
      4,
    );
    expect(scoreOf({ summary: 'In Kursk', bodyText: longText(), url: 'https://kursk.example/?q=kursk#kursk' })).toBe(0);
    expect(scoreOf({ url: 'https://a.example/kursk' })).toBe(0);
  });

  it('counts three mentions of a phrase in a field, and one mention once', () => {
    expect(scoreOf({ title: 'Kursk, Kursk, Kursk, Kursk, Kursk' })).toBe(9);
    const [tag] = createTagger([topic({ any: ['United Nations', 'United Nations Security Council'] })]).tag({
      title: 'United Nations Security Council meets',
      language: 'en',
    });
    expect(tag?.because).toEqual([{ phrase: 'United Nations Security Council', field: 'title', offset: 0, weight: 3 }]);
  });

  it('gives offsets in the plain text of the content', () => {
    const tags = createTagger(kursk).tag({ title: 'Day', contentHtml: '<p>One &amp; two</p><p>In <b>Kursk</b></p>' });
    expect(tags[0]?.because).toEqual([{ phrase: 'Kursk', field: 'content', offset: 13, weight: 3 }]);
  });
});

describe('order and family', () => {
  const world: readonly TopicConfig[] = [
    topic({ id: 'europe', parent: 'world', any: ['Europe'] }),
    topic({ id: 'world', any: ['globe'], none: ['snow globe'] }),
    topic({ id: 'ukraine', parent: 'europe', any: ['Ukraine', 'Kyiv'] }),
  ];

  it('adds all ancestors of a topic, with the same evidence', () => {
    const tags = createTagger(world).tag({ title: 'Kyiv', language: 'en' });
    expect(tags.map(({ topicId }) => topicId)).toEqual(['europe', 'ukraine', 'world']);
    expect(new Set(tags.map(({ because }) => JSON.stringify(because))).size).toBe(1);
  });

  it('applies none to parents, and tolerates cycles of parents', () => {
    expect(ids(world, { title: 'A snow globe for Kyiv' })).toEqual(['europe', 'ukraine']);
    const circle = [topic({ id: 'a', parent: 'b', any: ['Kyiv'] }), topic({ id: 'b', parent: 'a' })];
    expect(ids(circle, { title: 'Kyiv' })).toEqual(['a', 'b']);
    expect(ids([topic({ parent: 'nowhere', any: ['Kyiv'] })], { title: 'Kyiv' })).toEqual(['x']);
  });

  it('keeps the eight strongest topics, each with its parents', () => {
    const many = Array.from({ length: 9 }, (_, n) =>
      topic({ id: `t${n}`, any: [`word${n}`], ...(n === 0 ? { parent: 'z' } : {}) }),
    );
    const title = many.map((_, n) => `word${n}`).join(' ');
    expect(ids([...many, topic({ id: 'z' })], { title })).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6', 'z']);
    expect(ids([...many, topic({ id: 'z' })], { title: `${title} word8` })[0]).toBe('t8');
  });

  it('is independent of the order of topics and phrases', () => {
    const reversed = [...world].reverse().map((config) => ({ ...config, any: [...(config.any ?? [])].reverse() }));
    const article = { title: 'Kyiv and the globe: Ukraine in Europe', language: 'en' };
    expect(createTagger(reversed).tag(article)).toEqual(createTagger(world).tag(article));
  });
});

describe('defaults of a source', () => {
  const topics = [
    topic({ id: 'world', none: ['recipe'] }),
    topic({ id: 'war', parent: 'world', any: ['Kursk'] }),
    topic({ id: 'sport' }),
  ];
  const tagger = createTagger(topics, { defaults: new Map([['herald', ['sport', 'world', 'unknown']]]) });
  const tag = (title: string, sourceId: string) => tagger.tag({ title, language: 'en', sourceId });

  it('come last, with the source as evidence', () => {
    expect(tag('Kursk', 'herald').map(({ topicId, score }) => [topicId, score])).toEqual([
      ['war', 3],
      ['world', 3],
      ['sport', 1],
    ]);
    expect(tag('Rain', 'herald')[0]?.because).toEqual([{ phrase: 'herald', field: 'source', offset: 0, weight: 1 }]);
    expect(tag('Rain', 'other')).toEqual([]);
  });

  it('can be vetoed like any other topic', () => {
    expect(tag('A recipe', 'herald').map(({ topicId }) => topicId)).toEqual(['sport']);
  });
});
