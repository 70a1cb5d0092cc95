import { describe, expect, it } from 'vitest';
import { toSlug } from '../../src/text/slug.js';

describe('slugOf', () => {
  it.each([
    // printf 'ID' | sha256sum | xxd -r -p | base32 | cut -c1-12 | tr A-Z a-z
    ['', '4oymiquy7qob'],
    ['tag:news.example.org,2026:harbour', '4setd7buwxnm'],
    ['https://paper.example/ü', 'lbktmt6ub4zp'],
  ])('%j → %s', (id, slug) => expect(toSlug(id)).toBe(slug));
});
