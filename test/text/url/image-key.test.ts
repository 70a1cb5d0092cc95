import { describe, expect, it } from 'vitest';
import { imageKey } from '../../../src/text/url/image-key.js';
import { processorMs } from '../../support/processor-time.js';

describe('imageKey', () => {
  it('is one for all sizes of a picture', () => {
    const sizes = [
      'https://cdn.example/image/upload/w_600,h_400,c_fill/ferry.jpg',
      'https://cdn.example/image/upload/c_fill,w_1200,/ferry.jpg',
      'https://cdn.example/image/upload/ferry-1024x683.jpg?w=300',
    ];
    expect(new Set(sizes.map(imageKey))).toEqual(new Set([imageKey('https://cdn.example/image/upload/ferry.jpg')]));
  });

  it('keeps a folder that only looks like a size', () => {
    expect(imageKey('https://cdn.example/v_2/ferry.jpg')).not.toBe(imageKey('https://cdn.example/ferry.jpg'));
  });

  it('reads an address made to be read in countless ways in no time', async () => {
    const address = `https://cdn.example/${'a_b'.repeat(5_000)}!/ferry.jpg`;
    expect(await processorMs(() => imageKey(address))).toBeLessThan(500);
  });
});
