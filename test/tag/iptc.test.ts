import { describe, expect, it } from 'vitest';
import { iptcProblem } from '../../src/tag/iptc.js';

describe('iptcProblem', () => {
  it.each(['medtop:20000056', 'medtop:16000000', 'medtop:20009999'])('accepts %s', (id) => {
    expect(iptcProblem(id)).toBeNull();
  });

  it.each([
    ['20000056', /medtop: and eight digits/],
    ['medtop:2000056', /eight digits/],
    ['medtop:99999999', /^unknown IPTC Media Topic medtop:99999999$/],
    ['medtop:20000030', /retired.*music theater.*medtop:20000029/],
  ])('%s: %s', (id, problem) => {
    expect(iptcProblem(id)).toMatch(problem);
  });
});
