import { describe, expect, it } from 'vitest';
import { ByteBuffer } from '../../src/fetch/byte-buffer.js';

describe('a body', () => {
  it('that comes a byte at a time is not held a byte at a time', () => {
    const pieces = Array.from({ length: 100_000 }, (_, i) => Uint8Array.of(i % 256));
    const buffer = new ByteBuffer(1000_000);
    for (const piece of pieces) buffer.add(piece);
    pieces[0]![0] = 99; // whoever still held the first piece would see it
    expect(Buffer.from(buffer.bytes()).equals(Buffer.from(pieces.map((_, i) => i % 256)))).toBe(true);
  });

  it('may be empty', () => {
    expect(new ByteBuffer(1000_000).bytes()).toHaveLength(0);
  });
});
