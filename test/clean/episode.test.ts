/** Cleaned episodes: files with absolute addresses and types, people with names, each once. */
import { expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { ItemEpisode } from '../../src/model/item.js';
import { aContext, aFeed, anItem } from '../support/an-item.js';

const episodeOf = (said: Partial<ItemEpisode> | null) => {
  const none: ItemEpisode = { season: null, number: null, transcripts: [], chapters: null, people: [] };
  return clean(aFeed([anItem({ episode: said && { ...none, ...said } })]), aContext()).drafts[0]!.episode;
};
const file = (url: string, type: string | null = null, language: string | null = null) => ({ url, type, language });

it('has absolute addresses, a type for each file and normal language tags', () => {
  const transcripts = [file('/t.vtt', null, 'en_us'), file('https://paper.example/t', 'TEXT/HTML; charset=utf-8')];
  expect(episodeOf({ transcripts, chapters: file('/c.json') })).toEqual({
    season: null,
    number: null,
    transcripts: [
      { url: 'https://paper.example/t.vtt', type: 'text/vtt', language: 'en-US' },
      { url: 'https://paper.example/t', type: 'text/html', language: null },
    ],
    chapters: { url: 'https://paper.example/c.json', type: 'application/json' },
    people: [],
  });
});

it('names each person once, in plain text', () => {
  const people = [
    { name: '<b>Ada</b> Example', role: 'host', url: 'javascript:1' },
    { name: 'Ada Example', role: 'host', url: null },
    { name: ' ', role: 'guest', url: null },
  ];
  expect(episodeOf({ people })?.people).toEqual([{ name: 'Ada Example', role: 'host', url: null }]);
});

it('is null if nothing is left', () => {
  expect(episodeOf(null)).toBeNull();
  expect(episodeOf({ season: -1, transcripts: [file('data:text/plain,x')], people: [] })).toBeNull();
});
