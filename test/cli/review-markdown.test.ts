import { decodeHTML } from 'entities';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import type { Review } from '../../src/app/review/review.js';
import { escapeMarkdown } from '../../src/cli/markdown.js';
import { renderReviewMarkdown } from '../../src/cli/review-markdown.js';
import { runs } from '../support/thorough.js';

/**
 * Like GitHub's first step, and stricter: HTML and bare addresses count. The text itself is checked for names and
 * numbers.
 */
const renderer = new MarkdownIt({ html: true, linkify: true });

const ATTACKS = [
  'Rates | rise | again',
  'two\nlines\r\n\r\n# and a heading',
  'a\u2028line\u2029end',
  '`code` ```fence',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</details></td></table><h1>hi',
  '<!-- newsloom review: other -->',
  '--> out <!--',
  'ping @everyone and @octo/team',
  'closes #123, GH-9, octo/repo#4',
  '![shot](https://evil.example/x.png) [click](javascript:alert(1))',
  'https://evil.example/a www.evil.example mailto:a@evil.example a@evil.example',
  'as in a5c3785 and A5C3785ED8D6A35868BC169F07E40E889087FD2E, octo/repo@a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  'see [ref][1]\n\n[1]: https://evil.example',
  '\u202egnp.exe\u2066 \u200b\u0000\u001b[31m',
  '**bold** __bold__ ~~gone~~ $x^2$ :tada:',
  '&lt;b&gt; &#64;all \\@all \\| end \\',
  '- [ ] task',
  '1. one',
  '> quote',
  '+ plus * star',
  'x'.repeat(100_000),
  '|'.repeat(5_000),
  '👩‍👩‍👧‍👦'.repeat(400),
  '\ud800 lone \udc00',
  '',
];

const move = (title: string) => ({
  articles: 1,
  ofNewSources: 1,
  examples: [{ title, publication: title, url: title }],
});

/** Everything in a review that comes from outside. */
function hostile(words: string, times = 1): Review {
  const all = <T>(one: T) => Array.from({ length: times }, () => one);
  return {
    ok: true,
    base: words,
    baseProblem: words,
    problems: all({ file: words, line: 3, column: 1, path: words, message: words }),
    withoutEffect: [words],
    unread: [words],
    articles: { from: 'store', before: 9, after: 11 },
    sources: {
      added: all({
        id: words,
        state: 'new' as const,
        title: words,
        url: words,
        answer: 'failed' as const,
        problem: words,
        code: 'FETCH_DNS',
        fix: words,
        articles: 1,
        examples: move(words).examples,
        newestAt: null,
        names: null,
        entries: null,
        rights: { content: 'full' as const, said: words, reserved: true, policy: words },
      }),
      gone: all({ id: words, title: words, articles: 1 }),
      changed: all({
        id: words,
        content: { before: 'summary' as const, after: 'full' as const },
        title: { before: words, after: words },
      }),
    },
    edition: {
      feedsGone: all(words),
      feedsUrl: { before: words, after: words },
      files: { written: 1, removed: times },
      unseen: all(words),
    },
    settings: [],
    channels: all({
      channel: words,
      label: words,
      state: 'new' as const,
      before: 0,
      after: 1,
      joins: move(words),
      leaves: move(words),
    }),
    rules: {
      drops: all({ rule: words, at: { file: words, line: 1 }, articles: 1, examples: move(words).examples }),
      shownAgain: 1,
    },
    refused: words,
    pages: words,
  };
}

/** The tags of a harmless review of the same shape, without their text. */
function tagsOf(markdown: string): string[] {
  return renderer.render(markdown).match(/<[^>]*>/g) ?? [];
}
const harmlessTags = (times = 1) => tagsOf(renderReviewMarkdown(hostile('word', times), 'config/newsloom.yaml'));

function textOf(markdown: string): string {
  const html = renderer.render(markdown).replace(/<!--.*?-->|<[^>]*>/g, ' ');
  return decodeHTML(html);
}

function expectHarmless(markdown: string): void {
  const text = textOf(markdown);
  expect(text).not.toMatch(/@\w/);
  expect(text).not.toMatch(/#\d|GH-\d/i);
  expect(text).not.toMatch(/\b[0-9a-f]{7,40}\b/i);
  expect(text).not.toMatch(/https?:\/\/|www\./);
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(Buffer.byteLength(markdown)).toBeLessThan(65_536);
}

describe('reviewMarkdown', () => {
  it.each(ATTACKS.map((words) => [words.slice(0, 60), words]))(
    'escapes everything that would leave its cell: %j',
    (_, words) => {
      const markdown = renderReviewMarkdown(hostile(words), 'config/newsloom.yaml');
      expectHarmless(markdown);
      expect(tagsOf(markdown)).toEqual(harmlessTags());
    },
  );

  it('escapes any text', () => {
    const piece = fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    const pieces = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pieces, (words) => {
        const markdown = renderReviewMarkdown(hostile(words), 'config/newsloom.yaml');
        expectHarmless(markdown);
        expect(tagsOf(markdown)).toEqual(harmlessTags());
      }),
      { numRuns: runs(150) },
    );
  });

  it.each([
    ['short words', 'word', 800],
    ['long ones', '|'.repeat(5_000), 60],
    ['long ones in three bytes a letter', '字'.repeat(5_000), 60],
  ])('fits a comment and stays complete with many rows of %s', (_, words, times) => {
    const markdown = renderReviewMarkdown(hostile(words, times), 'config/newsloom.yaml');
    expectHarmless(markdown);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(60_000);
    expect(markdown).toMatch(/\d+ lines omitted for length/);
    const tags = tagsOf(markdown);
    for (const name of ['table', 'details', 'tr', 'li'])
      expect(tags.filter((tag) => tag === `</${name}>`)).toHaveLength(
        tags.filter((tag) => tag.startsWith(`<${name}`)).length,
      );
  });

  it('begins with a comment that names the section, which a path cannot close', () => {
    const first = (path: string) => renderReviewMarkdown(hostile('word'), path).split('\n')[0];
    expect(first('config/newsloom.yaml')).toBe('<!-- newsloom review: config/newsloom.yaml -->');
    expect(first('a --> <b>\n.yaml')).toBe('<!-- newsloom review: a_-___b__.yaml -->');
  });
});

describe('markdownText', () => {
  it.each([
    ['Ferry, the 2nd: "Sails" (again) – 50%', 'Ferry, the 2nd: "Sails" (again) – 50%'],
    ['می‌خواهم', 'می‌خواهم'],
    ['👩‍👧 family', '👩‍👧 family'],
    ['  two \n\t words ', 'two words'],
  ])('keeps plain text: %j', (words, expected) => {
    expect(escapeMarkdown(words)).toBe(expected);
  });
});
