import { describe, expect, it } from 'vitest';
import { askedPhrases } from '../../src/tag/asked-phrases.js';

describe('what topics ask for', () => {
  it('is the phrases of the topic and of those below it', () => {
    const asked = askedPhrases([
      { id: 'world' },
      { id: 'war', parent: 'world', any: ['artillery'], all: ['front'], near: [['troops', 'Ukraine']], none: ['film'] },
      { id: 'drones', parent: 'war', any: ['drone*'] },
    ]);
    expect([...asked.get('world')!].sort()).toEqual(['Ukraine', 'artillery', 'drone*', 'front', 'troops']);
    expect([...asked.get('war')!]).toContain('drone*');
    expect([...asked.get('drones')!]).toEqual(['drone*']);
  });

  it('ends where parents are unknown or stand in a circle', () => {
    const asked = askedPhrases([
      { id: 'a', parent: 'b', any: ['x'] },
      { id: 'b', parent: 'a', any: ['y'] },
      { id: 'c', parent: 'nobody', any: ['z'] },
    ]);
    expect([...asked].map(([id, phrases]) => [id, [...phrases].sort()])).toEqual([
      ['a', ['x', 'y']],
      ['b', ['x', 'y']],
      ['c', ['z']],
    ]);
  });
});
