/** Stores an edition in a temporary folder until it is uploaded. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPublishErrors } from '../failure.js';

export class Scratch {
  #folder: Promise<string> | null = null;
  #files = 0;

  async write(bytes: Uint8Array): Promise<string> {
    return await withPublishErrors(tmpdir(), async () => {
      this.#folder ??= mkdtemp(join(tmpdir(), 'newsloom-edition-'));
      const place = join(await this.#folder, String(++this.#files));
      await writeFile(place, bytes, { flag: 'wx', mode: 0o600 });
      return place;
    });
  }

  async read(place: string): Promise<Uint8Array> {
    return await withPublishErrors(tmpdir(), () => readFile(place));
  }

  async drop(): Promise<void> {
    const folder = this.#folder;
    this.#folder = null;
    if (folder !== null) await rm(await folder, { recursive: true, force: true });
  }
}
