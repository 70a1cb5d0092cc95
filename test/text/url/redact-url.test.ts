import { describe, expect, it } from 'vitest';
import { publicUrl, redactUrl, redactUrls } from '../../../src/text/url/redact-url.js';

describe('redactUrl', () => {
  it.each([
    ['https://news.example.org/feed.xml', 'https://news.example.org/feed.xml'],
    ['https://ann:secret@news.example.org/feed', 'https://***@news.example.org/feed'],
    ['https://ann@news.example.org:8443/feed', 'https://***@news.example.org:8443/feed'],
    ['https://news.example.org/feed?format=rss&key=abc', 'https://news.example.org/feed?format=***&key=***'],
    ['https://news.example.org/feed#token', 'https://news.example.org/feed'],
    ['https://news.example.org/p/4f7Kd93jXz01LmQp82vB/rss', 'https://news.example.org/p/***/rss'],
    [
      'https://news.example.org/2026/11/the-long-title-of-an-article-24',
      'https://news.example.org/2026/11/the-long-title-of-an-article-24',
    ],
    ['https://news.example.org/4f7kd93jxz01lmqp82vb4f7k.xml', 'https://news.example.org/***'],
    ['https://news.example.org/feed?4f7kd93jxz01lmqp82vb', 'https://news.example.org/feed?***'],
    ['file:///srv/feeds/own.xml', 'file:///srv/feeds/own.xml'],
    ['key=abc', '(not an address)'],
  ])('%s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });
});

it('publicUrl lets through only what holds no secret', () => {
  expect(publicUrl('https://news.example.org/feed.xml')).toBe('https://news.example.org/feed.xml');
  expect(publicUrl('https://news.example.org/feed.xml?key=abc')).toBeNull();
  expect(publicUrl('https://ann:secret@news.example.org/feed')).toBeNull();
});

it('hides what addresses in a message may give away, and nothing else', () => {
  expect(redactUrls('https://a.example/f?key=k (see http://b.example/) did not answer')).toBe(
    'https://a.example/f?key=*** (see http://b.example/) did not answer',
  );
  expect(redactUrls('http://[bad answered nothing')).toBe('(not an address) answered nothing');
});
