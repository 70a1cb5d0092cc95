import { describe, expect, it } from 'vitest';
import { type Telling, tellStory } from '../../src/compose/told-story.js';
import { anEntry } from '../support/channel.js';

function by(ref: number, publication: string, hour: number, about: Partial<Telling> = {}): Telling {
  const publishedAt = new Date(Date.UTC(2026, 10, 24, hour));
  const entry = anEntry({
    id: `id-${ref}`,
    publishedAt,
    publication: { title: publication, url: null, feedUrl: null },
  });
  return { ref, sourceId: publication, entry, copyOf: null, ...about };
}

const story = { ref: 1, id: 'tag:x,2026:story-1', lead: 2 };
const refs = (tellings: readonly Telling[]) => tellings.map(({ ref }) => ref);

describe('tellStory', () => {
  it('needs two publications', () => {
    expect(tellStory(story, [])).toBeNull();
    expect(tellStory(story, [by(1, 'Paper', 9), by(2, 'paper', 10)])).toBeNull();
    expect(tellStory(story, [by(1, 'Paper', 9), by(2, 'Bote', 10)])).not.toBeNull();
  });

  it('tells reports oldest first, copies with what they copy', () => {
    const told = tellStory(story, [by(3, 'Wire', 11, { copyOf: 1 }), by(2, 'Bote', 10), by(1, 'Paper', 9)])!;
    expect(told.course.map(({ told: one, copies }) => [one.ref, refs(copies)])).toEqual([[1, [3]], [2, []]]); // biome-ignore format: one list
    expect(refs(told.tellings)).toEqual([1, 2, 3]);
    expect(told.lead.ref).toBe(2);
  });

  it('lets the earliest copy stand for a text whose first report readers do not see', () => {
    const told = tellStory(story, [by(4, 'Post', 12, { copyOf: 1 }), by(3, 'Wire', 11, { copyOf: 1 }), by(2, 'Bote', 10)])!; // biome-ignore format: one call
    expect(told.course.map(({ told: one, copies }) => [one.ref, refs(copies)])).toEqual([[2, []], [3, [4]]]); // biome-ignore format: one list
  });

  it('is led by the earliest where its lead is not shown', () => {
    expect(tellStory({ ...story, lead: 9 }, [by(2, 'Bote', 10), by(1, 'Paper', 9)])!.lead.ref).toBe(1);
  });

  it('names each publication by a text of its own, if it has one', () => {
    const told = tellStory(story, [by(1, 'Paper', 9), by(2, 'Bote', 10, { copyOf: 1 }), by(3, 'Bote', 11)])!;
    expect(refs(told.publications)).toEqual([1, 3]);
  });
});
