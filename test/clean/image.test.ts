import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { Item, ItemImage } from '../../src/model/item.js';
import { imageKey } from '../../src/text/url/image-key.js';
import { aContext, aFeed, anItem, html } from '../support/an-item.js';

const image = (
  url: string,
  width: number | null = null,
  height: number | null = null,
  alt: string | null = null,
): ItemImage => ({ url, width, height, alt });
const lead = (said: Partial<Item>, imageUrl: string | null = null) =>
  clean(aFeed([anItem(said)], { imageUrl }), aContext()).drafts[0]!.image;
const inBody = (markup: string) => lead({ content: html(`<p>Text.</p>${markup}`) });

const BIG = 'https://paper.example/big.jpg';
const SMALL = 'https://paper.example/small.jpg';

describe('the lead image', () => {
  it.each<[string, Partial<Item>, string | null]>([
    ['none', {}, null],
    ['the one that is named', { images: [image(BIG)] }, BIG],
    ['the widest', { images: [image(SMALL, 300), image(BIG, 1200), image('https://paper.example/m.jpg', 640)] }, BIG],
    ['of unknown width rather than a thumbnail', { images: [image(SMALL, 240), image(BIG)] }, BIG],
    ['of known width rather than unknown', { images: [image(SMALL), image(BIG, 1024)] }, BIG],
    ['the first of two alike', { images: [image(BIG, 800), image(SMALL, 800)] }, BIG],
    ['a thumbnail if there is nothing else', { images: [image(SMALL, 150, 150)] }, SMALL],
    [
      'the body rather than a tiny thumbnail',
      { images: [image(SMALL, 120)], content: html(`<p>x</p><img src="${BIG}">`) },
      BIG,
    ],
    ['relative to the document', { images: [image('/big.jpg')] }, BIG],
    ['an image enclosure', { enclosures: [{ url: BIG, type: 'image/jpeg', length: 9, duration: null }] }, BIG],
    [
      'an image enclosure of a general type',
      { enclosures: [{ url: BIG, type: 'application/octet-stream', length: 9, duration: null }] },
      BIG,
    ],
    [
      'an image enclosure of half a type',
      { enclosures: [{ url: `${BIG}?x`, type: 'image', length: null, duration: null }] },
      `${BIG}?x`,
    ],
    ['an image enclosure without type', { enclosures: [{ url: BIG, type: null, length: null, duration: null }] }, BIG],
    [
      'named before enclosed',
      { images: [image(BIG)], enclosures: [{ url: SMALL, type: 'image/jpeg', length: 9, duration: null }] },
      BIG,
    ],
    [
      'enclosed before the body',
      {
        enclosures: [{ url: BIG, type: 'image/png', length: 9, duration: null }],
        content: html(`<p>x</p><img src="${SMALL}">`),
      },
      BIG,
    ],
    [
      'no audio',
      { enclosures: [{ url: 'https://paper.example/a.mp3', type: 'audio/mpeg', length: 9, duration: null }] },
      null,
    ],
    ['no data address', { images: [image('data:image/gif;base64,R0lGODlhAQABAAAAACw=')] }, null],
    ['no script', { images: [image('javascript:alert(1)')] }, null],
    ['no avatar', { images: [image('https://secure.gravatar.com/avatar/abc?s=96')] }, null],
    ['no icon by size', { images: [image(BIG, 32, 32)] }, null],
    ['no emoji', { images: [image('https://s.w.org/images/core/emoji/14/72x72/1f600.png')] }, null],
    ['no counter', { images: [image('https://pixel.wp.com/b.gif?blog=1')] }, null],
  ])('%s', (_name, said, expected) => {
    expect(lead(said)?.url ?? null).toBe(expected);
  });

  it.each([
    ['plain', `<img src="${BIG}">`, BIG],
    ['relative to the article', '<img src="big.jpg">', BIG],
    ['the first', `<img src="${BIG}"><img src="${SMALL}">`, BIG],
    ['behind a pixel', `<img src="https://t.example/p.gif" width="1" height="1"><img src="${BIG}">`, BIG],
    ['behind a pixel by CSS', `<img src="https://t.example/p.gif" style="height: 1px"><img src="${BIG}">`, BIG],
    ['behind a hidden one', `<img src="https://t.example/p.gif" style="display:none"><img src="${BIG}">`, BIG],
    ['behind a smiley', `<img class="wp-smiley" src="https://paper.example/s.gif"><img src="${BIG}">`, BIG],
    [
      'behind an avatar',
      `<img class="author-avatar avatar" src="https://paper.example/tarn.jpg"><img src="${BIG}">`,
      BIG,
    ],
    ['behind an icon', `<img src="https://paper.example/icons/share.png"><img src="${BIG}">`, BIG],
    ['behind a spacer', `<img src="https://paper.example/i/spacer.gif"><img src="${BIG}">`, BIG],
    ['lazy: data-src', `<img data-src="${BIG}">`, BIG],
    [
      'lazy: data-lazy-src beside a data address',
      `<img src="data:image/gif;base64,R0lGOD" data-lazy-src="${BIG}">`,
      BIG,
    ],
    ['lazy: data-original beside a placeholder', `<img src="/i/placeholder.png" data-original="${BIG}">`, BIG],
    ['lazy: data-srcset', `<img data-srcset="${BIG} 1200w, ${SMALL} 300w">`, BIG],
    [
      'lazy: the twin in a noscript',
      `<img src="data:image/gif;base64,R0lGOD"><noscript><img src="${BIG}"></noscript>`,
      BIG,
    ],
    ['only a srcset', `<img srcset="${BIG} 1x, ${SMALL} 2x">`, BIG],
    [
      'a srcset with commas in addresses',
      '<img srcset="https://paper.example/w_300,h_200/big.jpg 300w">',
      'https://paper.example/w_300,h_200/big.jpg',
    ],
    ['a real one with a lazy twin', `<img src="${BIG}" data-src="${SMALL}">`, BIG],
    ['none in what is hidden', `<div style="display:none"><img src="${BIG}"></div>`, null],
    ['none in a script', `<script>"<img src='${BIG}'>"</script>`, null],
  ])('in the body: %s', (_name, markup, expected) => {
    expect(inBody(markup)?.url ?? null).toBe(expected);
  });

  it('collects size, alt and type from all mentions', () => {
    expect(lead({ images: [image(BIG, 640, 480, 'A <b>boat</b> &amp; a pier')] })).toEqual({
      url: BIG,
      width: 640,
      height: 480,
      alt: 'A boat & a pier',
      type: 'image/jpeg',
    });
    const content = html(`<p>x</p><img src="${BIG}" width="640px" height="480" alt="A boat">`);
    expect(lead({ images: [image(BIG)], content })).toEqual({
      url: BIG,
      width: 640,
      height: 480,
      alt: 'A boat',
      type: 'image/jpeg',
    });
    expect(lead({ images: [image('https://paper.example/picture?id=4')] })?.type).toBeNull();
    expect(inBody(`<img src="${BIG}" width="100%" alt="">`)).toMatchObject({ width: null, alt: null });
  });

  it.each([
    ['a share button', 'https://static.addtoany.com/buttons/share_save_120_16.png'],
    ['a share button by name', 'https://paper.example/wp-content/share_save_171_16.png'],
    ['a service by name', 'https://paper.example/files/twitter.png'],
    ['a badge by name', 'https://paper.example/plugins/flattr/img/flattr-badge-large.png'],
    ['a badge', 'https://img.shields.io/badge/build-passing.svg'],
    ['an avatar by host', 'https://avatars2.githubusercontent.com/u/1?v=4'],
    ['an avatar by name', 'https://social.example/u/avatar_5f3e2.png'],
    ['an icon by name', 'https://paper.example/theme/share-icon-32x32.png'],
    ['an avatar by folder', 'https://social.example/profile_images/7/me.jpg'],
    ['a formula', 'https://s0.wp.com/latex.php?latex=a%5E2'],
    ['a stand-in', 'https://paper.example/theme/feed-placeholder.png'],
    ['a stand-in by size', 'https://paper.example/paper_news_default_2000x2000_16x9.jpg'],
    ['a button of FeedBurner', 'https://feeds.feedburner.com/~f/paper?i=1'],
    ['a counter by path', 'https://stats.paper.example/p.php?idsite=8&action_name=x'],
    ['a pixel by name', 'https://media.paper.example/include/tracking/paper-rss-pixel.png?story=1'],
    ['an advertisement by host', 'https://ads.paper.example/7.jpg'],
    ['an advertisement of a network', 'https://a.impactradius-go.com/display-ad/1-2'],
    ['an advertisement by path', 'https://paper.example/adserver/7.jpg'],
    ['an address made from nothing', 'https://paper.example/2026/undefined'],
    ['nothing in a query', 'https://paper.example/picture?src=null'],
    ['an object', 'https://paper.example/[object%20Object]'],
    ['a template', 'https://paper.example/%7B%7B%20root_url%20%7D%7D/map.png'],
    ['the publisher’s own machine', 'http://localhost:4000/images/map.png'],
    ['a private network', 'http://192.168.1.7/map.png'],
    ['another private network', 'http://172.20.1.7/map.png'],
  ])('is never %s', (_name, url) => {
    expect(lead({ images: [image(url)] })).toBeNull();
    expect(inBody(`<p>x</p><img src="${url}"><img src="${BIG}">`)?.url).toBe(BIG);
  });

  it.each([
    'https://paper.example/twitter-moves-house.jpg',
    'https://paper.example/share-prices-fall.jpg',
    'https://paper.example/2026/google-pixel-9-review.jpg',
    'https://paper.example/2026/avatar-fire-and-ash.jpg',
    'https://paper.example/2026/fashion-icon-dies.jpg',
    'https://paper.example/2026/iconic-bridge-reopens.jpg',
    'https://paper.example/2026/point-blank-refusal.jpg',
    'https://paper.example/2026/nokia-logo-on-a-wall.jpg',
    'https://paper.example/defaulting-on-debt.jpg',
    'https://paper.example/null-island.jpg',
    'https://adventures.example/7.jpg',
    'https://localhost-news.example/7.jpg',
  ])('may be one whose address only begins like these: %s', (url) => {
    expect(lead({ images: [image(url)] })?.url).toBe(url);
  });

  it('is never an advertisement size', () => {
    const banner = '<img src="https://paper.example/offer.jpg" width="728" height="90">';
    expect(inBody(`<p>x</p>${banner}<img src="${BIG}">`)?.url).toBe(BIG);
  });

  it('is never the logo of the site', () => {
    expect(
      lead({ images: [image('https://paper.example/logo.png?w=300')] }, 'https://paper.example/logo.png'),
    ).toBeNull();
  });
});

describe('imageKey', () => {
  const key = imageKey(BIG);
  it.each([
    'http://www.paper.example/big.jpg',
    `${BIG}?w=640`,
    `${BIG}?width=640&quality=75&auto=webp`,
    `${BIG}?resize=640,480&ssl=1`,
    'https://paper.example/big-1024x683.jpg',
    'https://paper.example/big-scaled.jpg',
    'https://paper.example/w_600,h_400,c_fill/big.jpg',
    `${BIG}?utm_source=rss`,
  ])('is that of the picture in another size: %s', (url) => {
    expect(imageKey(url)).toBe(key);
  });

  it.each([SMALL, `${BIG}?id=2`, 'https://paper.example/2026/11/big.jpg', 'https://paper.example/big-2.jpg'])(
    'is another for %s',
    (url) => {
      expect(imageKey(url)).not.toBe(key);
    },
  );
});

describe('enclosures', () => {
  const enclosures = (...list: Item['enclosures']) =>
    clean(aFeed([anItem({ enclosures: list })]), aContext()).drafts[0]!.enclosures;
  const link = (url: string, type: string | null, length: number | null = null) => ({
    url,
    type,
    length,
    duration: null,
  });
  const MP3 = 'https://paper.example/e.mp3';

  it.each([
    ['as given', link(MP3, 'audio/mpeg', 9), { url: MP3, type: 'audio/mpeg', length: 9, duration: null }],
    ['type by ending', link(MP3, null), { url: MP3, type: 'audio/mpeg', length: null, duration: null }],
    [
      'type by ending where the type says nothing',
      link(`${MP3}?x=1`, 'application/octet-stream'),
      { url: `${MP3}?x=1`, type: 'audio/mpeg', length: null, duration: null },
    ],
    [
      'type in capitals with parameters',
      link(MP3, 'Audio/MPEG; codecs=x'),
      { url: MP3, type: 'audio/mpeg', length: null, duration: null },
    ],
    [
      'relative',
      link('/e.mp4', null),
      { url: 'https://paper.example/e.mp4', type: 'video/mp4', length: null, duration: null },
    ],
    ['length 0', link(MP3, null, 0), { url: MP3, type: 'audio/mpeg', length: null, duration: null }],
    ['length -1', link(MP3, null, -1), { url: MP3, type: 'audio/mpeg', length: null, duration: null }],
    ['length 1.5', link(MP3, null, 1.5), { url: MP3, type: 'audio/mpeg', length: null, duration: null }],
  ])('%s', (_name, given, expected) => {
    expect(enclosures(given)).toEqual([expected]);
  });

  it('keeps only audio and video, each once', () => {
    const list = enclosures(
      link(MP3, 'audio/mpeg'),
      link(`http://www.paper.example/e.mp3`, null),
      link('/a.pdf', 'application/pdf'),
      link('/a.jpg', 'image/jpeg'),
      link('/x', null),
      link('javascript:1', 'audio/mpeg'),
    );
    expect(list.map((one) => one.url)).toEqual([MP3]);
  });
});
