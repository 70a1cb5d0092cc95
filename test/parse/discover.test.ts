import { describe, expect, it } from 'vitest';
import { discoverFeeds, findPageLinks } from '../../src/parse/discover.js';

const PAGE = 'https://paper.example/news/';

describe('discoverFeeds', () => {
  it('lists declared feeds, comment feeds last', () => {
    const html = `<!doctype html><head>
      <link rel="stylesheet" href="/s.css">
      <link rel="alternate" type="application/rss+xml" title="Paper &raquo; Comments" href="/comments/feed/">
      <link rel='alternate' type='application/rss+xml; charset=utf-8' title='Paper' href='/feed/?a=1&amp;b=2'>
      <LINK REL="Alternate" TYPE="application/atom+xml" HREF="atom.xml">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
      <link rel="alternate" type="application/feed+json" href="feed.json">
      <link rel="alternate" hreflang="de" href="/de/">
      <link rel="alternate" type="application/json+oembed" href="/oembed">
      </head>`;
    expect(discoverFeeds(html, PAGE)).toEqual([
      { url: 'https://paper.example/feed/?a=1&b=2', type: 'application/rss+xml', title: 'Paper' },
      { url: 'https://paper.example/news/atom.xml', type: 'application/atom+xml', title: null },
      { url: 'https://paper.example/news/feed.json', type: 'application/feed+json', title: null },
      { url: 'https://paper.example/comments/feed/', type: 'application/rss+xml', title: 'Paper » Comments' },
    ]);
  });

  it('resolves page links against <base>', () => {
    expect(findPageLinks('<base href="/"><a href="news/1.html">1</a>', PAGE)).toEqual([
      'https://paper.example/news/1.html',
    ]);
  });

  it('resolves feeds against <base> and removes the feed: scheme', () => {
    const html = `<base href="/en/"><link rel="feed" href="news.xml"><link rel="feed" href="feed://paper.example/all">`;
    expect(discoverFeeds(html, PAGE).map((feed) => feed.url)).toEqual([
      'https://paper.example/en/news.xml',
      'http://paper.example/all',
    ]);
  });

  it('falls back to links that look like feeds', () => {
    const html = `<a href="/about">About</a> <a href="/rss">RSS</a> <a href="/feedback">Feedback</a> <a href="/world.rss">World</a> <a href="javascript:rss()">x</a>`;
    expect(discoverFeeds(html, PAGE).map((feed) => feed.url)).toEqual([
      'https://paper.example/rss',
      'https://paper.example/world.rss',
    ]);
  });

  it('ignores scripts and comments', () => {
    const html = `<script>'<link rel="feed" href="/a">'</script><!-- <link rel="feed" href="/b"> -->`;
    expect(discoverFeeds(html, PAGE)).toEqual([]);
  });
});
