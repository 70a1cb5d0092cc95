import { describe, expect, it } from 'vitest';
import { composeStoryView, type StoryArticle } from '../../src/compose/story-view.js';
import { anEntry } from '../support/channel.js';

function by(ref: number, publication: string, hour: number, about: Partial<StoryArticle> = {}): StoryArticle {
  const publishedAt = new Date(Date.UTC(2026, 10, 24, hour));
  const entry = anEntry({
    id: `id-${ref}`,
    publishedAt,
    publication: { title: publication, url: null, feedUrl: null },
  });
  return { ref, sourceId: publication, entry, copyOf: null, ...about };
}

const story = { ref: 1, id: 'tag:x,2026:story-1', lead: 2 };
const refs = (articles: readonly StoryArticle[]) => articles.map(({ ref }) => ref);

describe('composeStoryView', () => {
  it('needs two publications', () => {
    expect(composeStoryView(story, [])).toBeNull();
    expect(composeStoryView(story, [by(1, 'Paper', 9), by(2, 'paper', 10)])).toBeNull();
    expect(composeStoryView(story, [by(1, 'Paper', 9), by(2, 'Bote', 10)])).not.toBeNull();
  });

  it('counts a source once, whatever names its articles use', () => {
    const flood = { sourceId: 'flood' };
    const alone = [by(1, 'Paper', 9, flood), by(2, 'Bote', 10, flood)];
    expect(composeStoryView(story, alone)).toBeNull();
    const view = composeStoryView({ ...story, lead: 3 }, [...alone, by(3, 'Wire', 11, flood), by(4, 'Post', 12)])!;
    expect(refs(view.publications)).toEqual([3, 4]);
    expect(refs(view.articles)).toEqual([1, 2, 3, 4]);
  });

  it('lists reports oldest first, with their copies', () => {
    const view = composeStoryView(story, [by(3, 'Wire', 11, { copyOf: 1 }), by(2, 'Bote', 10), by(1, 'Paper', 9)])!;
    expect(view.course.map(({ article: one, copies }) => [one.ref, refs(copies)])).toEqual([[1, [3]], [2, []]]); // biome-ignore format: one list
    expect(refs(view.articles)).toEqual([1, 2, 3]);
    expect(view.lead.ref).toBe(2);
  });

  it('replaces an invisible report by its earliest copy', () => {
    const view = composeStoryView(story, [by(4, 'Post', 12, { copyOf: 1 }), by(3, 'Wire', 11, { copyOf: 1 }), by(2, 'Bote', 10)])!; // biome-ignore format: one call
    expect(view.course.map(({ article: one, copies }) => [one.ref, refs(copies)])).toEqual([[2, []], [3, [4]]]); // biome-ignore format: one list
  });

  it('is led by the earliest article if its lead is not visible', () => {
    expect(composeStoryView({ ...story, lead: 9 }, [by(2, 'Bote', 10), by(1, 'Paper', 9)])!.lead.ref).toBe(1);
  });

  it('names each publication by its latest text, its own if it has one', () => {
    const view = composeStoryView(story, [by(1, 'Paper', 9), by(3, 'Bote', 10), by(2, 'Bote', 11, { copyOf: 1 }), by(4, 'Post', 11), by(5, 'Post', 12)])!; // biome-ignore format: one call
    expect(refs(view.publications)).toEqual([1, 3, 5]);
  });
});
