import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/model/channel.js';
import { anArticlePage, pageWriter } from '../../support/pages.js';

const MP3 = { url: 'http://radio.example/7.mp3', type: 'audio/mpeg', length: 9, duration: 3723 };
const OGG = { url: 'https://radio.example/7.ogg', type: 'audio/ogg', length: null, duration: null };
const MP4 = { url: 'https://radio.example/7.mp4', type: 'video/mp4', length: null, duration: 61 };
const html = (parts: Partial<Entry>) => pageWriter().article(anArticlePage(parts));

describe('the player', () => {
  it('uses the browser’s controls, lists every encoding of the first file, and preloads nothing', () => {
    expect(html({ enclosures: [MP3, OGG, MP4], isPlayable: true, title: 'Fog' })).toContain(
      '<audio controls preload="none" aria-label="Fog"><source src="https://radio.example/7.mp3" type="audio/mpeg">' +
        '<source src="https://radio.example/7.ogg" type="audio/ogg"></audio>',
    );
    expect(html({ enclosures: [MP4], isPlayable: true })).toContain('<video controls preload="none"');
  });

  it('shows the duration and links to transcripts', () => {
    const transcripts = [
      { url: 'https://radio.example/7.vtt', type: 'text/vtt', language: null },
      { url: 'https://radio.example/7.html', type: 'text/html', language: null },
    ];
    const episode = { season: null, number: 7, transcripts, chapters: null, people: [] };
    const page = html({ enclosures: [MP3], episode, isPlayable: true });
    expect(page).toContain('<span class="duration">1:02:03</span>');
    expect(page).toContain('<a href="https://radio.example/7.html">Transcript by The Paper</a>');
    expect(html({ enclosures: [MP4], isPlayable: true })).toContain('<span class="duration">1:01</span>');
  });

  it('is missing without a full licence or media, or if the text contains a player', () => {
    const own = '<p>Fog.</p><audio src="https://radio.example/7.mp3" controls></audio>';
    for (const parts of [
      { enclosures: [MP3] },
      { isPlayable: true },
      { enclosures: [MP3], isPlayable: true, contentHtml: own },
    ])
      expect(html(parts)).not.toContain('class="player"');
  });
});

describe('the link to the original', () => {
  const episode = { season: 1, number: 7, transcripts: [], chapters: null, people: [] };
  it.each<[string, string, Partial<Entry>]>([
    ['a podcast', 'Listen at The Paper', { enclosures: [MP3] }],
    ['an episode', 'Listen at The Paper', { enclosures: [OGG], episode }],
    ['a filmed episode', 'Watch at The Paper', { enclosures: [MP4], episode, contentHtml: '<p>Fog.</p>' }],
    ['a video', 'Watch at The Paper', { enclosures: [MP4] }],
    ['an address that is a sound', 'Listen at The Paper', { originalUrl: 'https://radio.example/8.MP3?x=1' }],
    ['an address that is a film', 'Watch at The Paper', { originalUrl: 'https://radio.example/8.webm' }],
    ['an address that is the file', 'Listen at The Paper', { originalUrl: OGG.url, enclosures: [OGG] }],
    ['a page of a film', 'Watch at The Paper', { originalUrl: 'https://www.youtube.com/watch?v=abc' }],
    [
      'a page of PeerTube',
      'Watch at The Paper',
      { originalUrl: 'https://tube.example/videos/watch/0f0f0f0f-1111-2222-3333-444444444444' },
    ],
    ['a page of a sound', 'Listen at The Paper', { originalUrl: 'https://open.spotify.com/episode/1' }],
    ['a channel', 'Read the whole article at The Paper', { originalUrl: 'https://www.youtube.com/@paper/community' }],
    ['a text with a film', 'Read the original at The Paper', { enclosures: [MP4], contentHtml: '<p>Fog.</p>' }],
    ['a text that is read aloud', 'Read the whole article at The Paper', { enclosures: [OGG] }],
    ['a text', 'Read the whole article at The Paper', {}],
    ['a text that stands here as a whole', 'Read the original at The Paper', { contentHtml: '<p>Fog.</p>' }],
  ])('of %s', (_name, words, parts) => {
    expect(html(parts)).toContain(`>${words}</a>`);
  });
});
