import { describe, expect, it } from 'vitest';
import { applyDecision } from '../../src/config/edit/edit-desk.js';
import { urlKey } from '../../src/text/url/url.js';

const edit = (text: string, name: string, changes: Record<string, unknown>) => {
  const edited = applyDecision(text, [{ name, keys: [urlKey(name)] }], changes);
  return edited && { text: edited.text, ...edited.entries[0]! };
};

const FILE = `# Our desk.

- { article: https://a.example/1, hide: true } # as they asked
# The ferry:
- article: https://a.example/2
  title: Ours   # shorter
  note: kept
- { article: "https://a.example/3", pin: true }
`;

describe('the desk file', () => {
  it('gets an entry at its end', () => {
    expect(edit(FILE, 'https://a.example/4', { hide: true, note: 'not ours' })).toEqual({
      text: `${FILE}- { article: https://a.example/4, hide: true, note: not ours }\n`,
      line: 9,
      takenBack: [],
    });
    expect(edit('', 'x', { pin: true })).toEqual({ text: '- { article: x, pin: true }\n', line: 1, takenBack: [] });
    expect(edit('# nothing yet', 'x', { pin: true })?.text).toBe('# nothing yet\n- { article: x, pin: true }\n');
  });

  it('keeps the line ends of the file', () => {
    const text = '- article: a\r\n  hide: true # why\r\n- { article: b, hide: true }\r\n';
    expect(edit(text, 'a', { note: 'x' })?.text).toBe(text.replace('# why\r\n', '# why\r\n  note: x\r\n'));
  });

  it('keeps decisions about other topics', () => {
    const once = edit('', 'a', { topics: ['+sea', '-weather'] })!.text;
    expect(edit(once, 'a', { topics: ['+storms'] })?.text).toBe(
      '- { article: a, topics: [ +sea, -weather, +storms ] }\n',
    );
    expect(edit(once, 'a', { topics: ['-sea'] })?.text).toBe('- { article: a, topics: [ -weather, -sea ] }\n');
    expect(edit(once, 'a', { topics: null })?.text).toMatch(/^# .+\n\n$/);
  });

  it('is written as [] if it is empty', () => {
    expect(edit('# ours\n[]\n', 'a', { hide: true })?.text).toBe('# ours\n- { article: a, hide: true }\n');
    expect(edit('[] # none\r\n', 'a', { hide: true })?.text).toBe(' # none\r\n- { article: a, hide: true }\r\n');
    expect(edit('[]', 'a', { hide: null })?.text).toBe('[]');
    expect(edit('[{ article: b, pin: true }]', 'a', { hide: true })).toBeNull();
  });

  it('stays unchanged if another entry refers to the removed one', () => {
    const shared = '- { article: a, note: &why agreed, hide: true }\n- { article: b, note: *why, hide: true }\n';
    expect(edit(shared, 'a', { hide: null, note: null })).toBeNull();
  });

  it('changes one entry, and nothing else', () => {
    expect(edit(FILE, 'https://a.example/1', { takedown: true })?.text).toBe(
      FILE.replace('hide: true }', 'hide: true, takedown: true }'),
    );
    expect(edit(FILE, 'https://a.example/2', { title: 'Better: ours', topics: ['+sea', '-weather'] })).toEqual({
      text: FILE.replace('title: Ours   #', 'title: "Better: ours" #').replace(
        'note: kept\n',
        'note: kept\n  topics: [ +sea, -weather ]\n',
      ),
      line: 5,
      takenBack: [],
    });
    expect(edit(FILE, 'https://a.example/3', { lead: true })?.line).toBe(8);
  });

  it('loses an empty entry, and no comment of another', () => {
    expect(edit(FILE, 'https://a.example/3', { pin: null })).toEqual({
      text: FILE.replace('- { article: "https://a.example/3", pin: true }\n', ''),
      line: null,
      takenBack: ['pin'],
    });
    expect(edit(FILE, 'https://a.example/1', { hide: null })?.text).toBe(
      FILE.replace('- { article: https://a.example/1, hide: true } # as they asked\n', ''),
    );
    expect(edit(FILE, 'https://a.example/2', { pin: null })).toEqual({ text: FILE, line: 5, takenBack: [] });
    expect(edit(FILE, 'https://a.example/9', { hide: null })).toEqual({ text: FILE, line: null, takenBack: [] });
  });

  it('keeps the heading of the entry below', () => {
    const text = '- article: a\n  hide: true\n  # until May\n# Court orders:\n- { article: b, takedown: true }\n';
    expect(edit(text, 'a', { hide: null })?.text).toBe('# Court orders:\n- { article: b, takedown: true }\n');
  });

  it('stays unchanged if an entry refers to another', () => {
    const text = '- { article: a, hide: true, note: &why as they asked }\n- { article: b, hide: true, note: *why }\n';
    expect(edit(text, 'b', { pin: true })).toBeNull();
  });

  it('loses the note of a withdrawn decision, unless another note is given', () => {
    expect(edit(FILE, 'https://a.example/2', { title: null })?.text).not.toContain('a.example/2');
    const other = { title: null, note: 'theirs again' };
    expect(edit(FILE, 'https://a.example/2', other)?.text).toContain('/2\n  note: theirs again\n');
  });

  it('stores typed text literally', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is typed
    expect(edit('', 'x', { title: 'Costs ${HOME}: #1' })?.text).toBe('- { article: x, title: "Costs $${HOME}: #1" }\n');
  });

  it('gets the decisions on many articles in one edit', () => {
    const articles = Array.from({ length: 1000 }, (_, i) => ({ name: `https://b.example/${i}`, keys: [urlKey(`https://b.example/${i}`)] })); // biome-ignore format: one list
    const known = ['https://a.example/3', 'https://a.example/1'].map((name) => ({ name, keys: [urlKey(name)] }));
    const started = performance.now();
    const edited = applyDecision(FILE, [...known, ...articles, known[0]!], { hide: true, pin: null })!;
    expect(performance.now() - started).toBeLessThan(5000);
    expect(edited.text.split('\n').slice(7, 9)).toEqual([
      '- { article: "https://a.example/3", hide: true }',
      '- { article: https://b.example/0, hide: true }',
    ]);
    expect(edited.entries.map(({ line }) => line)).toEqual([8, 3, ...articles.map((_, i) => 9 + i), 8]);
    const undone = applyDecision(edited.text, [...articles, known[0]!], { hide: null })!;
    expect(undone.text).toBe(`${FILE.split('\n').slice(0, 7).join('\n')}\n`);
    expect(undone.entries[0]).toEqual({ line: null, takenBack: ['hide'] });
  });

  it.each(['a: b\n', '[{ article: x }]\n', '- {\n'])('stays unchanged if it is not a list of entries: %j', (text) => {
    expect(edit(text, 'y', { hide: true })).toBeNull();
  });
});
