import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddress } from '../../../src/model/address.js';
import { imageKey } from '../../../src/text/url/image-key.js';
import { processorMs } from '../../support/processor-time.js';

describe('imageKey', () => {
  it('is equal for all sizes of a picture', () => {
    const sizes = [
      'https://cdn.example/image/upload/w_600,h_400,c_fill/ferry.jpg',
      'https://cdn.example/image/upload/c_fill,w_1200,/ferry.jpg',
      'https://cdn.example/image/upload/ferry-1024x683.jpg?w=300',
    ];
    expect(new Set(sizes.map(imageKey))).toEqual(new Set([imageKey('https://cdn.example/image/upload/ferry.jpg')]));
  });

  it.each([
    ['?f=ferry.jpg', '?f=gull.jpg'],
    ['?k=12345&w=600', '?k=12346&w=600'],
  ])('tells pictures apart by %s', (one, other) => {
    expect(imageKey(`https://cdn.example/show${one}`)).not.toBe(imageKey(`https://cdn.example/show${other}`));
  });

  it('keeps a folder that looks like a size', () => {
    expect(imageKey('https://cdn.example/v_2/ferry.jpg')).not.toBe(imageKey('https://cdn.example/ferry.jpg'));
  });

  it('works for any host', () => {
    const host = fc.array(fc.constantFrom('www', 'amp', 'a', '1', '0x1', '99999999999', ''), {
      minLength: 1,
      maxLength: 5,
    });
    const address = host.map((labels) => `http://${labels.join('.')}/ferry.jpg`).filter((url) => isAddress(url));
    fc.assert(
      fc.property(address, (url) => {
        expect(imageKey(imageKey(url))).toBe(imageKey(url));
      }),
      { seed: 3 },
    );
  });

  it('takes little time for a backtracking attack', async () => {
    const address = `https://cdn.example/${'a_b'.repeat(5_000)}!/ferry.jpg`;
    expect(await processorMs(() => imageKey(address))).toBeLessThan(500);
  });
});
