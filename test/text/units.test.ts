import { expect, it } from 'vitest';
import { withUnits } from '../../src/text/units.js';

const read = (text: string): number[] => {
  let units: number[] = [];
  withUnits(text, (all) => {
    units = [...all.subarray(0, text.length + 1)];
  });
  return units;
};
const written = (text: string): number[] => [...text.split('').map((unit) => unit.charCodeAt(0)), 0];

it('gives every unit and a zero behind the last, whatever was read before', () => {
  for (const text of ['a longer text', 'Їжак 😀', '\ud835 half a pair \udc00', '', 'x'.repeat(20_000), 'éé'])
    expect(read(text)).toEqual(written(text));
});

it('keeps a text apart from one that is read meanwhile, and after a reader that fails', () => {
  withUnits('outer', (outer) => {
    expect(read('inner')).toEqual(written('inner'));
    expect([...outer.subarray(0, 6)]).toEqual(written('outer'));
  });
  expect(() =>
    withUnits('bad', () => {
      throw new Error('bad');
    }),
  ).toThrow('bad');
  expect(read('good')).toEqual(written('good'));
});
