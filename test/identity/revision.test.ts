/** Changes that readers see, and changes that are only stored. */
import { describe, expect, it } from 'vitest';
import { revise } from '../../src/identity/revision.js';
import type { Draft } from '../../src/model/article.js';
import { aDraft } from '../support/a-draft.js';

const now = new Date('2026-11-24T12:00:00Z');
const mp3 = { url: 'https://paper.example/1.mp3', type: 'audio/mpeg', length: null, duration: null };
const known = {
  ...aDraft({ enclosures: [mp3] }),
  publishedAt: new Date('2026-11-23T12:00:00Z'),
  updatedAt: null,
  edits: null,
};
const kindWith = (parts: Partial<Draft>) => revise({ ...known, ...parts }, known, true, now).kind;

describe('a revision', () => {
  it.each<[string, Partial<Draft>, string]>([
    ['no change', {}, 'none'],
    ['another text', { contentHash: 'another' }, 'visible'],
    ['another guid', { guid: 'another' }, 'quiet'],
    ['a previously unknown duration', { enclosures: [{ ...mp3, duration: 61 }] }, 'quiet'],
    [
      'an episode that was not known',
      { episode: { season: 1, number: 2, transcripts: [], chapters: null, people: [] } },
      'quiet',
    ],
    ['a page of comments', { discussionUrl: 'https://paper.example/ferry#comments' }, 'quiet'],
  ])('%s', (_name, parts, kind) => {
    expect(kindWith(parts)).toBe(kind);
  });
});
