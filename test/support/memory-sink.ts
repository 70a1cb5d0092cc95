/** A sink in memory that records reads and writes, and can fail in the middle of a commit. */
import { dirname } from 'node:path/posix';
import type { OutputFile } from '../../src/model/edition.js';
import { PublishError } from '../../src/model/errors.js';
import type { Publishing, Sink } from '../../src/ports/sink.js';
import { contentDigest } from '../../src/text/digest.js';

export class MemorySink implements Sink {
  readonly files = new Map<string, Uint8Array>();
  /** Paths in the order in which they were replaced. */
  readonly renamed: string[] = [];
  /** Time of the last change of each file, counted. A folder changes when its files are renamed or removed. */
  readonly changed = new Map<string, number>();
  time = 0;
  reads = 0;
  puts = 0;
  /** Number of renames after which the next commit fails as if killed; null: never. */
  dieAfter: number | null = null;

  /** Number of files after which the disk is full; null: never. */
  fullAfter: number | null = null;

  async begin(): Promise<Publishing> {
    const staged = new Map<string, Uint8Array>();
    return {
      put: async ({ path, bytes }: OutputFile) => {
        this.puts++;
        if (this.fullAfter !== null && this.puts > this.fullAfter)
          throw new PublishError('PUBLISH_FULL', 'the disk is full');
        const next = new Uint8Array(Buffer.from(bytes as Uint8Array));
        const old = this.files.get(path);
        if (old !== undefined && Buffer.from(old).equals(next)) return 'unchanged';
        staged.set(path, next);
        return 'staged';
      },
      commit: async (remove) => {
        for (const [path, bytes] of staged) {
          if (this.dieAfter === 0) throw new Error('killed');
          if (this.dieAfter !== null) this.dieAfter--;
          this.files.set(path, bytes);
          this.renamed.push(path);
          this.changed.set(path, ++this.time);
        }
        if (this.dieAfter === 0) throw new Error('killed');
        const removed = remove.filter((path) => this.files.delete(path));
        const bytes = [...staged.values()].reduce((sum, { length }) => sum + length, 0);
        return {
          written: [...staged.keys()],
          unchanged: 0,
          removed,
          bytes,
          renamedAt: staged.size > 0 ? this.time : null,
        };
      },
      abort: async () => staged.clear(),
    };
  }

  async read(path: string): Promise<Uint8Array | null> {
    this.reads++;
    return this.files.get(path) ?? null;
  }

  async sizes(paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(paths.flatMap((path) => (this.files.has(path) ? [[path, this.files.get(path)!.length]] : [])));
  }

  async changeTimes(paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(
      paths.flatMap((path) => {
        const inside = [...this.files.keys()].filter((one) => one === path || dirname(one) === path);
        if (inside.length === 0) return [];
        const last = Math.max(...inside.map((one) => this.changed.get(one) ?? 0));
        return [[path, this.files.has(path) ? last : inside.length * 1e6 + last]];
      }),
    );
  }

  async digests(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = paths.filter((path) => this.files.has(path));
    this.reads += found.length;
    return new Map(found.map((path) => [path, contentDigest(this.files.get(path)!)]));
  }

  text(path: string): string {
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new Error(`${path} is not published`);
    return Buffer.from(bytes).toString('utf8');
  }

  json(path: string) {
    return JSON.parse(this.text(path));
  }
}
