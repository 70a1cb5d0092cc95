import { describe, expect, it } from 'vitest';
import { createPhraseCheck } from '../../src/tag/asked-phrases.js';

describe('createPhraseCheck', () => {
  it('finds phrases of the topic and of its descendants', () => {
    const asked = createPhraseCheck([
      { id: 'world' },
      { id: 'war', parent: 'world', any: ['artillery'], all: ['front'], near: [['troops', 'Ukraine']], none: ['film'] },
      { id: 'drones', parent: 'war', any: ['drone*'] },
    ]);
    for (const phrase of ['Ukraine', 'artillery', 'drone*', 'front', 'troops'])
      expect(asked('world', phrase)).toBe(true);
    expect(asked('war', 'drone*')).toBe(true);
    expect([asked('drones', 'front'), asked('war', 'film'), asked('peace', 'front')]).toEqual([false, false, false]);
  });

  it('tolerates unknown parents and cycles', () => {
    const asked = createPhraseCheck([
      { id: 'a', parent: 'b', any: ['x'] },
      { id: 'b', parent: 'a', any: ['y'] },
      { id: 'c', parent: 'nobody', any: ['z'] },
    ]);
    expect([asked('a', 'y'), asked('b', 'x'), asked('c', 'z'), asked('c', 'x')]).toEqual([true, true, true, false]);
  });

  it('finds ready-made phrases', () => {
    const asked = createPhraseCheck([
      { id: 'east', place: 'eastern-asia' },
      { id: 'korea', place: 'KP', parent: 'east' },
    ]);
    expect([asked('east', 'Japan'), asked('korea', 'Nordkorea'), asked('korea', 'Japan')]).toEqual([true, true, false]);
  });
});
