import { describe, expect, it } from 'vitest';
import { completeTopic, placeTopic } from '../../../src/tag/places/place.js';
import { createTagger } from '../../../src/tag/tag.js';

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
    ['US', 'The US and the U.S.', 'en'],
    ['DE', 'in Deutschland', 'de'],
    ['CZ', 'Czechs vote', 'en'],
    ['GE', 'Georgian president', 'en'],
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
  ])('not %s: %s', (place, title, language) => {
    expect(tag(place, title, language)).toBe(false);
  });

  it('brings id, labels and names, and lets the editor change and add', () => {
    const made = completeTopic({ id: undefined as unknown as string, place: 'KP' });
    expect(made.id).toBe('north-korea');
    expect(made.label).toMatchObject({ en: 'North Korea', de: 'Nordkorea' });
    expect(completeTopic({ id: 'dprk', place: 'KP', label: 'DPRK', any: ['Kim Jong-un'] })).toMatchObject({
      id: 'dprk',
      label: 'DPRK',
      any: ['Kim Jong-un'],
    });
  });

  it('knows which places there are', () => {
    expect(['KP', 'kp', 'XX', ''].map((code) => placeTopic(code)?.id)).toEqual([
      'north-korea',
      'north-korea',
      undefined,
      undefined,
    ]);
    expect(completeTopic({ id: 'x', place: 'XX' }).names).toEqual([]);
  });
});
