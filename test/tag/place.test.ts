import { describe, expect, it } from 'vitest';
import { completeTopic } from '../../src/tag/complete-topic.js';
import { nameLanguages, placeTopic } from '../../src/tag/place.js';
import { toTopicId } from '../../src/tag/ready-made-name.js';
import { createTagger } from '../../src/tag/tag.js';
import { countryNames } from '../../src/text/place-words.js';
import { stopwords } from '../../src/text/words.js';

const tag = (place: string, title: string, language: string | null) =>
  createTagger([{ id: place, place }]).tag({ title, language }).length > 0;

describe('ready-made topics of countries', () => {
  it.each<[string, string, string | null]>([
    ['KP', 'North Koreans march', 'en'],
    ['KP', 'Солдаты Северной Кореи', 'ru'],
    ['KP', 'Nordkoreanische Truppen', 'de'],
    ['KP', '北朝鮮が発射', 'ja'],
    ['KP', 'North Korea fires', null],
    ['UA', 'В Україні', 'uk'],
    ['UA', 'Ukraina walczy', 'pl'],
    ['UA', 'Ukraińskie drony', 'pl'],
    ['UA', '우크라이나는', 'ko'],
    ['TR', 'Turkey votes', 'en'],
    ['TR', '⚡️Turkey votes', 'en'],
    ['UA', '❗️Украина: новости', 'ru'],
    ['UZ', 'O‘zbekistonda saylov', 'uz'],
    ['IR', 'انتخابات ايران', 'fa'],
    ['TR', 'سفر به تركيه', 'fa'],
    ['BY', 'Valg i Belarus', 'nb'],
    ['BY', 'Valg i Belarus', 'no'],
    ['US', 'The US and the U.S.', 'en'],
    ['DE', 'in Deutschland', 'de'],
    ['CZ', 'Czechs vote', 'en'],
    ['GE', 'Georgian president', 'en'],
    ['GB', 'England win by an innings', 'en'],
    ['GB', 'Schottland wählt', 'de'],
    ['IQ', 'Blast in Baghdad', 'en'],
    ['PG', 'Papua New Guinea votes', 'en'],
    ['US', 'African American voters', 'en'],
    ['CN', 'Китай строит мост', 'ru'],
    ['SY', 'Syria rebuilds', 'en'],
    ['asia', 'Pakistan floods', 'en'],
    ['americas', 'Peru votes', 'en'],
    ['latin-america', 'Elecciones en Perú', 'es'],
    ['middle-east', 'Yémen : la trêve tient', 'fr'],
    ['africa', 'Выборы в Кении', 'ru'],
    ['asia', 'ভারতের নতুন সেতু', 'bn'],
    ['asia', 'پاکستان میں سیلاب', 'ur'],
    ['europe', 'रूस में बर्फ', 'hi'],
    ['middle-east', 'הרכבת בישראל', 'he'],
    ['europe', 'Đức xây cầu mới', 'vi'],
  ])('%s: %s', (place, title, language) => {
    expect(tag(place, title, language)).toBe(true);
  });

  it.each<[string, string, string | null]>([
    ['TR', 'Roast turkey', 'en'],
    ['MU', 'Maurice wins', 'en'],
    ['KR', 'North Korea', 'en'],
    ['US', 'Tell us', 'en'],
    ['GE', 'Georgia Bulldogs', 'en'],
    ['RE', 'A school reunion', 'en'],
    ['RE', 'Réunion au sommet', 'fr'],
    ['TG', 'Того дня шёл снег', 'ru'],
    ['PL', 'How to polish a spoon', 'en'],
    ['US', 'Latin American poets', 'en'],
    ['US', 'American football returns', 'en'],
    ['IN', 'Second round in Indian Wells', 'en'],
    ['RU', 'A game of Russian roulette', 'en'],
    ['RU', 'Les montagnes russes ferment', 'fr'],
    ['FR', 'A French Colonial house', 'en'],
    ['GN', 'Papua New Guinea votes', 'en'],
    ['GB', 'A walk in New England', 'en'],
    ['africa', 'An African violet in bloom', 'en'],
    ['asia', 'Peru votes', 'en'],
  ])('not %s: %s', (place, title, language) => {
    expect(tag(place, title, language)).toBe(false);
  });

  it('provides id, labels and names that the config can override and extend', () => {
    const made = completeTopic({ id: undefined as unknown as string, place: 'KP' });
    expect(made.id).toBe('north-korea');
    expect(made.label).toMatchObject({ en: 'North Korea', de: 'Nordkorea' });
    expect(completeTopic({ id: 'dprk', place: 'KP', label: 'DPRK', any: ['Kim Jong-un'] })).toMatchObject({
      id: 'dprk',
      label: 'DPRK',
      any: ['Kim Jong-un'],
    });
  });

  it('supports regions, and several places in one topic', () => {
    expect(placeTopic('south-eastern-asia')).toMatchObject({ id: 'south-eastern-asia', label: { de: 'Südostasien' } });
    expect(placeTopic('middle-africa')?.label).toEqual({ en: 'Middle Africa' });
    const both = createTagger([{ id: 'nordic', place: ['northern-europe', 'GL'] }]);
    for (const title of ['Norway builds', 'Greenland builds'])
      expect(both.tag({ title, language: 'en' })).toHaveLength(1);
    expect(both.tag({ title: 'Spain builds', language: 'en' })).toEqual([]);
  });

  // Names that the lists of function words contain; a verb that differs by its accent; a rare spelling.
  const NAMES = /^(?:Москва|Россия|Australia|China|India|Indonesia|Jepun|Malaysia|Singapura|Thailand|Irá|Gine)$/;
  it.each(nameLanguages)('matches no function word of "%s"', (language) => {
    const places = Object.keys(countryNames('en')!).concat('africa', 'americas', 'asia', 'europe', 'oceania');
    const tagger = createTagger(places.map((place) => ({ id: toTopicId(place), place })));
    const words = [...stopwords(language)].filter((word) => word !== '').map((word) => word[0]!.toUpperCase() + word.slice(1)); // biome-ignore format: one call
    const found = words.filter((word) => tagger.judge({ title: word, language }).length > 0);
    expect(found.filter((word) => !NAMES.test(word))).toEqual([]);
  });

  it('still matches other forms of names', () => {
    const tags = (place: string, title: string, language: string) => createTagger([{ id: 'x', place }]).tag({ title, language }); // biome-ignore format: one call
    expect(tags('RU', 'Встреча в России', 'ru')).toHaveLength(1);
    expect(tags('PW', 'الرئيس أو الوزير', 'ar')).toEqual([]);
    expect(tags('PW', 'رئيس بالاو', 'ar')).toHaveLength(1);
  });

  it('gives less weight to a place mentioned after the summary of a short article', () => {
    const article = {
      title: 'A bridge',
      summary: 'It is long.',
      contentHtml: '<p>It is long.</p><p>A cousin in Peru</p>',
    };
    expect(createTagger([{ id: 'peru', place: 'PE' }]).tag(article)).toEqual([]);
    expect(createTagger([{ id: 'peru', place: 'PE' }]).tag({ ...article, summary: 'A bridge in Peru' })).toHaveLength(
      1,
    );
  });

  it('recognises valid places', () => {
    expect(['KP', 'kp', 'XX', ''].map((code) => placeTopic(code)?.id)).toEqual([
      'north-korea',
      'north-korea',
      undefined,
      undefined,
    ]);
    expect(completeTopic({ id: 'x', place: 'XX' }).listNames('en')).toEqual([]);
  });
});
