import { describe, expect, it } from 'vitest';
import { withoutForwards } from '../../scripts/forwards.mjs';

interface Chunk {
  readonly fileName: string;
  code: string;
  readonly isDynamicEntry: boolean;
}

/** The chunks that stay where one loads a chunk of this code, by name. */
function bundled(code: string): Record<string, string> {
  const all: Chunk[] = [
    { fileName: 'main.js', code: 'await import(`./late.js`);', isDynamicEntry: false },
    { fileName: 'late.js', code, isDynamicEntry: true },
  ];
  const chunks = Object.fromEntries(all.map((chunk) => [chunk.fileName, chunk]));
  withoutForwards(chunks);
  return Object.fromEntries(Object.values(chunks).map((chunk) => [chunk.fileName, chunk.code]));
}

describe('chunks of the package', () => {
  it.each([
    ['export{there as a}from"./shared.js";', 'await import(`./shared.js`).then(e=>({a:e.there}));'],
    ['export{there}from"./shared.js";', 'await import(`./shared.js`).then(e=>({there:e.there}));'],
    ['import"./shared.js";export{there}from"./shared.js";', 'await import(`./shared.js`).then(e=>({there:e.there}));'],
  ])('that only hand on what is in another go: %s', (code, main) => {
    expect(bundled(code)).toEqual({ 'main.js': main });
  });

  it.each(['import"./effects.js";export{there}from"./shared.js";', 'export{there}from"./shared.js";run();'])(
    'that do more stay: %s',
    (code) => {
      expect(bundled(code)).toEqual({ 'main.js': 'await import(`./late.js`);', 'late.js': code });
    },
  );
});
