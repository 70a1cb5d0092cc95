/** Any text in the editor's files or on a page gives warnings, but never throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OwnSource } from '../../../src/model/source.js';
import { parseLinks } from '../../../src/parse/own/links.js';
import { parsePosts } from '../../../src/parse/own/posts.js';
import { readPageFacts } from '../../../src/parse/page-facts.js';

const own = (kind: OwnSource['kind']): OwnSource => ({
  kind,
  path: kind === 'posts' ? 'content' : 'links.yaml',
  homeUrl: 'https://news.example.org/',
  feedUrl: 'https://news.example.org/feeds/sources/own.rss',
  imagesUrl: 'https://news.example.org/feeds/posts/own/',
  language: 'en',
  topics: ['town'],
});
const post = (text: string, path = 'a.md') =>
  parsePosts(JSON.stringify({ posts: [{ path, text }], images: [] }), own('posts'));

/** Valid and invalid pieces of such files. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '---\n',
        '\n---\n',
        'title: ',
        'date: ',
        'topics: [',
        'image: {',
        '&a ',
        '*a',
        '<<: *a\n',
        '- ',
        ': ',
        '\n',
        '"',
        "'",
      ),
      fc.constantFrom(
        'url: https://a.example/1\n',
        '![',
        '](',
        '<img src=x>',
        '<script>',
        '| a |\n|---|\n',
        '\u0000',
        '\ud800',
        '%E0%A4%A',
        '\r\n',
        '\t',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('any text', () => {
  it('gives warnings in a post', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        for (const one of [text, `---\n${text}\n---\n${text}`]) {
          const { items, complete, warnings } = post(one);
          expect(complete).toBe(warnings.length === 0);
          for (const warning of warnings) expect(warning).toMatch(/^content\/a\.md:[1-9]\d*: ./);
          for (const item of items) expect(item.title?.value).toBeTruthy();
        }
      }),
    );
  });

  it('gives warnings in a links file', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const { complete, warnings } = parseLinks(text, own('links'));
        expect(complete).toBe(warnings.length === 0);
        for (const warning of warnings) expect(warning).toMatch(/^links\.yaml:[1-9]\d*: ./);
      }),
    );
  });

  it('never makes a page throw', () => {
    fc.assert(
      fc.property(pieces, fc.json(), (text, json) => {
        const page = `<title>${text}</title><script type="application/ld+json">${json}</script><meta property="og:image" content="${text}">`;
        const { imageUrl } = readPageFacts(page, 'https://a.example/');
        expect(imageUrl ?? 'https://').toMatch(/^https?:\/\//);
      }),
    );
  });
});

describe('YAML aliases', () => {
  it('are refused if they multiply or are undefined', () => {
    const bomb = `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nauthor: [${'*c,'.repeat(9)}]\ntitle: t\n---\n`;
    expect(post(bomb).warnings.join()).toContain('write the values out');
    expect(parseLinks('- { url: *a }', own('links')).warnings.join()).toMatch(/^links\.yaml:1: /);
  });
});

describe('the facts of a page', () => {
  const facts = (head: string) => readPageFacts(`<html lang="uk">${head}`, 'https://paper.example/a?utm_source=x#top');

  it('come from JSON-LD, else Open Graph, else HTML', () => {
    const html =
      '<title>Html · The Paper</title><meta name="description" content="of html"><meta name=author content="An Author">';
    const graph =
      '<meta property="og:title" content="Graph"><meta property="og:site_name" content="The Paper"><meta property="article:published_time" content="2026-11-20T10:00:00+02:00">';
    const linked =
      '<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@type":"NewsArticle","headline":"Linked","author":[{"name":"Ann"},{"name":"Bo"}],"image":["/i.jpg"],"inLanguage":"en"}]</script>';
    expect(facts(html)).toEqual({
      url: 'https://paper.example/a?utm_source=x',
      title: 'Html · The Paper',
      description: 'of html',
      authors: ['An Author'],
      published: null,
      publication: null,
      imageUrl: null,
      language: 'uk',
    });
    expect(facts(html + graph)).toMatchObject({
      title: 'Graph',
      publication: 'The Paper',
      published: '2026-11-20T08:00:00.000Z',
    });
    expect(facts(html + graph + linked)).toMatchObject({
      title: 'Linked',
      authors: ['Ann', 'Bo'],
      imageUrl: 'https://paper.example/i.jpg',
      language: 'en',
      description: 'of html',
    });
    expect(facts(`${html}<meta property="og:site_name" content="the paper">`).title).toBe('Html');
  });

  it.each([
    ['<link rel="canonical" href="/b">', 'https://paper.example/b'],
    ['<link rel="canonical" href="https://other.example/b">', 'https://paper.example/a?utm_source=x'],
    ['<meta property="article:author" content="https://facebook.example/ann">', 'https://paper.example/a?utm_source=x'],
  ])('%s', (head, url) => {
    expect(facts(head)).toMatchObject({ url, authors: [] });
  });
});

it('always fit into a links file', () => {
  const description = `${'Boats. '.repeat(71)}x\ud83d\ude00 and more`;
  const html = `<title>Fer\ufffdry</title><meta name="description" content="${description}">`;
  const facts = readPageFacts(html, 'https://paper.example/1');
  expect(facts.title).toBe('Ferry');
  expect(facts.description).toMatch(/Boats\. …$/);
  expect(facts.description!.length).toBeLessThanOrEqual(500);
});
