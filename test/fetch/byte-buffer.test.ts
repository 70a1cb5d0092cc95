import { describe, expect, it } from 'vitest';
import { ByteBuffer } from '../../src/fetch/byte-buffer.js';

describe('a body', () => {
  it('copies single bytes into one buffer', () => {
    const pieces = Array.from({ length: 100_000 }, (_, i) => Uint8Array.of(i % 256));
    const buffer = new ByteBuffer(1000_000);
    for (const piece of pieces) buffer.add(piece);
    pieces[0]![0] = 99; // must not change the buffer
    expect(Buffer.from(buffer.bytes()).equals(Buffer.from(pieces.map((_, i) => i % 256)))).toBe(true);
  });

  it('may be empty', () => {
    expect(new ByteBuffer(1000_000).bytes()).toHaveLength(0);
  });
});
