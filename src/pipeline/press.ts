/** The files of one edition on their way into the folder: what was laid aside, what stands as it is, and how big all are. */
import type { OutputFile } from '../model/edition.js';
import type { PublishedFile, Publishing } from '../ports.js';

/** Files on their way at once: bounds what is in memory. */
const AT_ONCE = 16;

export class Press {
  /** Of this edition, by path: made anew, or found to stand as they are. */
  readonly files = new Map<string, PublishedFile>();
  /** Paths whose bytes are new. */
  readonly staged = new Set<string>();
  bytes = 0;
  readonly #publishing: Publishing;
  readonly #recorded: ReadonlyMap<string, PublishedFile>;
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  constructor(publishing: Publishing, recorded: ReadonlyMap<string, PublishedFile>) {
    this.#publishing = publishing;
    this.#recorded = recorded;
  }

  /** Returns when there is room for another file. Rejects where this or an earlier file could not be laid aside. */
  async put(file: OutputFile, inputs: string | null = null): Promise<void> {
    while (this.#running.size >= AT_ONCE) await Promise.race(this.#running);
    if (this.#failure !== null) throw this.#failure.error;
    const size = typeof file.bytes === 'string' ? Buffer.byteLength(file.bytes) : file.bytes.byteLength;
    this.files.set(file.path, { path: file.path, size, inputs });
    const running = this.#lay(file, size).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** The file stands as it was published. */
  keep(path: string): void {
    const file = this.#recorded.get(path);
    if (file !== undefined && !this.files.has(path)) this.files.set(path, file);
  }

  /** Rejects where a file could not be laid aside. */
  async finish(): Promise<void> {
    await this.idle();
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** When nothing is on its way any more, well or not. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** What the store must be told: new files, and those whose size or inputs are not as recorded. */
  get news(): PublishedFile[] {
    return [...this.files.values()].filter(({ path, size, inputs }) => {
      const known = this.#recorded.get(path);
      return known?.size !== size || known.inputs !== inputs;
    });
  }

  /** Never rejects: a failure is told by whoever comes next. */
  async #lay(file: OutputFile, size: number): Promise<void> {
    try {
      if ((await this.#publishing.put(file)) === 'unchanged') return;
      this.staged.add(file.path);
      this.bytes += size;
    } catch (error) {
      this.#failure ??= { error };
    }
  }
}
