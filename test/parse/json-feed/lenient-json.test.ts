import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/parse/json-feed/lenient-json.js';

describe('readJson', () => {
  const cases: readonly (readonly [what: string, text: string, value: unknown, complete: boolean])[] = [
    ['JSON', '{"a":[1,{"b":2}]}', { a: [1, { b: 2 }] }, true],
    ['a byte order mark', '\ufeff {"a":1}', { a: 1 }, true],
    ['text after the end', '{"a":1}<script>1</script>', { a: 1 }, true],
    ['line breaks in strings', '{"a":"x\ny\tz"}', { a: 'x\ny\tz' }, true],
    ['commas too many', '{"a":[1,2, ],}', { a: [1, 2] }, true],
    ['a comma in a string', '{"a":[",",]}', { a: [','] }, true],
    ['a cut in the second item', '{"t":"x","items":[{"id":"1"},{"id":"2', { t: 'x', items: [{ id: '1' }] }, false],
    ['a cut between items', '{"items":[{"id":["1"]},', { items: [{ id: ['1'] }] }, false],
    ['a cut before anything is whole', '{"items":[{"id":"1', null, false],
    ['nothing', 'abc', null, false],
  ];
  for (const [what, text, value, complete] of cases) {
    it(`reads ${what}`, () => expect(readJson(text)).toMatchObject({ value, complete }));
  }

  it('repairs a line break in a text of many megabytes', () => {
    const { value } = readJson(`{"a":"${'x'.repeat(9_000_000)}\n"}`);
    expect((value as { a: string }).a).toHaveLength(9_000_001);
  });
});
