import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addItems, removeItem, renderList } from '../../src/config/edit/edit-list.js';
import { readToEdit } from '../../src/config/edit/replace-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NEW = { id: 'b', url: 'https://b.example/feed' };
const add = (text: string, keys: readonly string[] = []) => addItems(text, keys, [NEW]);

describe('a source is added after the others', () => {
  it.each([
    {
      why: 'with comments and blank lines as they are',
      text: '# the feeds\n\n- id: a   # first\n  url: "https://a.example/"  # quoted\n\n- id: c\n  url: https://c.example/\n\n# the end\n',
      now: '# the feeds\n\n- id: a   # first\n  url: "https://a.example/"  # quoted\n\n- id: c\n  url: https://c.example/\n\n- id: b\n  url: https://b.example/feed\n\n# the end\n',
    },
    {
      why: 'where the file does not end in a line feed',
      text: '- url: https://a.example/',
      now: '- url: https://a.example/\n- id: b\n  url: https://b.example/feed\n',
    },
    {
      why: 'behind items in braces',
      text: '- { id: a, url: https://a.example/ } # short\n',
      now: '- { id: a, url: https://a.example/ } # short\n- id: b\n  url: https://b.example/feed\n',
    },
    {
      why: 'with the line ends of the file',
      text: '- id: a\r\n  url: https://a.example/\r\n',
      now: '- id: a\r\n  url: https://a.example/\r\n- id: b\r\n  url: https://b.example/feed\r\n',
    },
    {
      why: 'behind the comments of the last one',
      text: '- url: https://a.example/\n  # every: 30m\n# the end\n',
      now: '- url: https://a.example/\n  # every: 30m\n- id: b\n  url: https://b.example/feed\n# the end\n',
    },
    { why: 'to a file with nothing but a comment', text: '# none yet\n', now: null },
    {
      why: 'to a document that begins with its mark',
      text: '---\n# ask Ana first\n',
      now: '---\n# ask Ana first\n- id: b\n  url: https://b.example/feed\n',
    },
    { why: 'to an empty file', text: '', now: null },
    { why: 'to an empty list', text: '[] # none yet\n', now: null },
  ])('$why', ({ text, now }) => {
    const edited = add(text);
    if (now !== null) expect(edited).toBe(now);
    expect(parse(edited ?? '').at(-1)).toEqual(NEW);
    for (const comment of text.match(/# .*/g) ?? []) expect(edited).toContain(comment.trim());
  });

  it('in the main file, between other keys', () => {
    const text =
      'site:\n  title: X\nsources:\n  - id: a\n    url: https://a.example/\n    topics: [world]\n\n# topics\ntopics: []\n';
    expect(add(text, ['sources'])).toBe(
      text.replace('[world]\n', '[world]\n  - id: b\n    url: https://b.example/feed\n'),
    );
  });

  it('in a flow-style list', () => {
    const edited = add('sources: [{ id: a, url: https://a.example/ }] # one\nretention: 30d\n', ['sources']);
    expect(parse(edited ?? '')).toEqual({ sources: [{ id: 'a', url: 'https://a.example/' }, NEW], retention: '30d' });
    expect(edited).toContain('# one');
  });

  it('never if the result would not parse to the same values', () => {
    expect(add('sources:\n  - url: https://a.example/\nsources: []\n', ['sources'])).toBeNull();
  });

  it('with unusual spaces in its title', () => {
    const title = '\u2000';
    expect(parse(addItems('- id: a\n  url: https://a.example/\n', [], [{ ...NEW, title }]) ?? '')[1]).toEqual({
      ...NEW,
      title,
    });
  });

  it('with any title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (title, other) => {
        const text = `- id: a\n  url: https://a.example/\n  title: ${JSON.stringify(other)}\n`;
        const edited = addItems(text, [], [{ ...NEW, title }]);
        expect(edited?.startsWith(text)).toBe(true);
        expect(parse(edited ?? '')[1]).toEqual({ ...NEW, title });
      }),
    );
  });
});

describe('a source is removed', () => {
  const FEEDS =
    '# the feeds\n\n- id: a   # first\n  url: https://a.example/\n  # every: 30m\n\n# about b\n- { id: b, url: https://b.example/ } # short\n\n- id: c\n  url: https://c.example/\n\n# the end\n';

  it.each([
    [
      0,
      '# the feeds\n\n# about b\n- { id: b, url: https://b.example/ } # short\n\n- id: c\n  url: https://c.example/\n\n# the end\n',
    ],
    [
      1,
      '# the feeds\n\n- id: a   # first\n  url: https://a.example/\n  # every: 30m\n\n# about b\n\n- id: c\n  url: https://c.example/\n\n# the end\n',
    ],
    [
      2,
      '# the feeds\n\n- id: a   # first\n  url: https://a.example/\n  # every: 30m\n\n# about b\n- { id: b, url: https://b.example/ } # short\n\n# the end\n',
    ],
  ])('with its own comments, and nothing else: the item at %i', (index, now) => {
    expect(removeItem(FEEDS, [], index)).toBe(now);
  });

  it.each([
    ['the only one', 'sources:\n  - id: a # only\n    url: https://a.example/\nretention: 30d # days\n', []],
    [
      'in braces',
      'sources: [{ id: a, url: https://a.example/ }, { id: b }] # two\nretention: 30d # days\n',
      [{ id: 'b' }],
    ],
  ])('%s', (_, text, left) => {
    const edited = removeItem(text, ['sources'], 0);
    expect(parse(edited ?? '')).toEqual({ sources: left, retention: '30d' });
    expect(edited).toContain('# days');
  });

  it('never if the result would not parse to the other values', () => {
    const linked = '- &a\n  id: a\n  url: https://a.example/\n- <<: *a\n  id: b\n';
    expect(removeItem(linked, [], 0)).toBe(null);
    expect(removeItem('sources: x.yaml\n', ['sources'], 0)).toBe(null);
  });
});

it('reads a file without its byte order mark', async () => {
  const path = join(temporaryFolder(), 'sources.yaml');
  writeFileSync(path, '\uFEFF- id: a\n');
  expect(await readToEdit(path)).toBe('- id: a\n');
  expect(await readToEdit(`${path}.old`)).toBe(null);
});

it('keeps the comments around a list that is, or becomes, empty', () => {
  const off = '# Sources\nsources:\n  # - id: off\n  #   url: u\ntopics: []\n';
  const on = addItems(off, ['sources'], [{ id: 'a' }]);
  expect(on).toBe('# Sources\nsources:\n  - id: a\n  # - id: off\n  #   url: u\ntopics: []\n');
  expect(removeItem('# Our feeds\n- id: a # the only one\n# end\n', [], 0)).toBe('# Our feeds\n[]\n# end\n');
});

it('writes no character that would make the file unreadable', () => {
  const source = { id: 'b', url: 'https://b.example/feed', title: `Fer\ufffdry \${NAME}`, topics: [] };
  expect(renderList([source])).toContain('title: Ferry $${NAME}\n');
});

it('keeps the line ends of a rewritten file', () => {
  expect(add('# ours\r\n[{ id: a, url: x }] # short\r\n')).not.toMatch(/(?<!\r)\n/);
  expect(removeItem('# ours\r\n[{ id: a, url: x }, { id: b, url: y }]\r\n', [], 0)).not.toMatch(/(?<!\r)\n/);
});
