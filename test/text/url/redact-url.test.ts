import { describe, expect, it } from 'vitest';
import { hideSecrets, redactUrl, redactUrls, toPublicUrl } from '../../../src/text/url/redact-url.js';

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
    ['https://news.example.org/feed?sesame&x=1&a', 'https://news.example.org/feed?***&x=***&***'],
    ['https://a.example/550e8400-e29b-41d4-a716-446655440000/rss', 'https://a.example/***/rss'],
    ['https://a.example/s/4f7kd93jxz01.rss', 'https://a.example/s/***'],
    ['https://a.example/key=abc/rss;v=1', 'https://a.example/***/***'],
    ['https://a.example/bot12:4f7kd93jxz01lmqp82vb/x', 'https://a.example/***/x'],
    ['https://a.example/feed/@ann/Special:New', 'https://a.example/feed/@ann/Special:New'],
    [`https://a.example/f?\${NAME}=x`, `https://a.example/f?$\${NAME}=***`],
    ['file:///srv/feeds/own.xml', 'file:///srv/feeds/own.xml'],
    ['key=abc', '(not an address)'],
  ])('%s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });
});

it('publicUrl lets through only what holds no secret', () => {
  expect(toPublicUrl('https://news.example.org/feed.xml')).toBe('https://news.example.org/feed.xml');
  expect(toPublicUrl('https://news.example.org/feed.xml?key=abc')).toBeNull();
  expect(toPublicUrl('https://ann:secret@news.example.org/feed')).toBeNull();
  expect(toPublicUrl('https://news.example.org/ann/feed.xml', ['ann'])).toBeNull();
  expect(toPublicUrl('https://news.example.org/ben/feed.xml', ['ann'])).not.toBeNull();
});

it('withoutSecrets hides what came from the environment, whatever it looks like', () => {
  expect(hideSecrets('http://a.example/ann/: ann', ['ann'])).toBe('http://a.example/***/: ***');
});

it('redacts addresses in a message, and nothing else', () => {
  expect(redactUrls('https://a.example/f?key=k (see http://b.example/) did not answer')).toBe(
    'https://a.example/f?key=*** (see http://b.example/) did not answer',
  );
  expect(redactUrls('http://[bad answered nothing')).toBe('(not an address) answered nothing');
});
