/** The sample edition in every format, byte for byte. After an intended change: UPDATE_GOLDEN=1 npx vitest run test/golden */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OutputFile } from '../../src/model/edition.js';
import { writeFeed } from '../../src/write/feed.js';
import { formats, loadWriter } from '../../src/write/formats.js';
import {
  sampleArchive,
  sampleEdition,
  sampleEmpty,
  sampleHead,
  sampleOldArchive,
  sampleStories,
} from '../support/sample-edition.js';

const FOLDER = join(import.meta.dirname, 'edition');
const ours = ['rss', 'atom', 'json', 'opml'];
const channels = [sampleHead, sampleArchive, sampleOldArchive, sampleStories, sampleEmpty];

async function writeSample(): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  for (const format of formats.filter(({ name }) => ours.includes(name))) {
    const writer = await loadWriter(format);
    for (const channel of writer.feed === null ? [] : channels) {
      const path = writer.document(channel.path, channel.archive.number)!;
      files.push({ path, bytes: writeFeed(writer.feed!, channel) });
    }
    files.push(...writer.edition(sampleEdition));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function update(files: readonly OutputFile[]): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
    writeFileSync(join(FOLDER, path), bytes);
  }
}

describe('the sample edition', async () => {
  const files = await writeSample();
  if (process.env.UPDATE_GOLDEN !== undefined) update(files);

  it('consists of exactly the files in edition/', () => {
    const kept = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(FOLDER.length + 1));
    expect(files.map(({ path }) => path)).toEqual(kept.sort());
  });

  it.each(files)('$path is unchanged, byte for byte', ({ path, bytes }) => {
    expect(String(bytes)).toBe(readFileSync(join(FOLDER, path), 'utf8'));
  });

  it('ends every file with one line feed and contains no carriage return', () => {
    for (const { bytes } of files) expect(String(bytes)).toMatch(/[^\n]\n$/);
    for (const { bytes } of files) expect(String(bytes)).not.toContain('\r');
  });
});
