import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openScratch, type ScratchFile, sharedScratch } from '../../src/store/scratch.js';
import { fullFolder } from '../support/full-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('a scratch file', () => {
  const opened: ScratchFile[] = [];
  afterEach(() => {
    for (const file of opened.splice(0)) file.close();
  });
  function open(folder: string): ScratchFile {
    const file = openScratch(folder)!;
    opened.push(file);
    return file;
  }
  const read = (file: Pick<ScratchFile, 'read'>, at: number, length: number) => {
    const into = Buffer.alloc(length);
    file.read(into, at);
    return into.toString();
  };

  it('gives back what was written, by whichever thread', () => {
    const file = open(temporaryFolder());
    const other = sharedScratch(file.shared);
    expect([file.write(Buffer.from('one')), other.write(Buffer.from('second')), file.write(Buffer.from('3'))]).toEqual([
      0, 3, 9,
    ]);
    expect([read(file, 3, 6), read(other, 0, 3), read(other, 9, 1)]).toEqual(['second', 'one', '3']);
    expect(read(file, 2, 3)).toBe('ese');
  });

  it('stands in no folder', () => {
    const folder = temporaryFolder();
    open(folder).write(Buffer.from('secret'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells where it ends', () => {
    const file = open(temporaryFolder());
    file.write(Buffer.from('four'));
    expect(() => read(file, 2, 3)).toThrow('shorter than what was written');
  });

  it('gives nothing any more once it is closed', () => {
    const file = openScratch(temporaryFolder())!;
    file.write(Buffer.from('one'));
    file.close();
    file.close();
    expect(() => read(file, 0, 3)).toThrow('closed');
    expect(file.write(Buffer.from('two'))).toBeNull();
  });

  it.skipIf(!fullFolder.possible)(`leaves the last room of a disk to others (${fullFolder.how})`, () => {
    const file = open(fullFolder.make(8 * 1024 * 1024));
    expect(file.write(Buffer.from('one'))).toBeNull();
  });

  it('is not there where it cannot be made, and takes nothing where it cannot be written', () => {
    expect(openScratch(join(temporaryFolder(), 'missing'))).toBeNull();
    const readOnly = sharedScratch({
      file: -1,
      folder: temporaryFolder(),
      end: new BigInt64Array(new SharedArrayBuffer(8)),
    });
    expect(readOnly.write(Buffer.from('lost'))).toBeNull();
  });
});
