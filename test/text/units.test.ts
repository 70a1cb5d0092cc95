import { expect, it } from 'vitest';
import { giveUnits, takeUnits } from '../../src/text/units.js';

const written = (text: string): number[] => [...text.split('').map((unit) => unit.charCodeAt(0)), 0];
const read = (text: string): number[] => {
  const units = takeUnits(text);
  const all = [...units.subarray(0, text.length + 1)];
  giveUnits(units);
  return all;
};

it('gives every unit and a zero behind the last, whatever was read before', () => {
  for (const text of ['a longer text', 'Їжак 😀', '\ud835 half a pair \udc00', '', 'x'.repeat(20_000), 'éé'])
    expect(read(text)).toEqual(written(text));
});

it('keeps a text apart from one that is read meanwhile', () => {
  const outer = takeUnits('outer');
  expect(read('inner')).toEqual(written('inner'));
  expect([...outer.subarray(0, 6)]).toEqual(written('outer'));
});
