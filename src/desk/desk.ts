/** What the pages share: settings, the changes made so far, and the only way to make one. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Jobs } from '../app/desk/build-jobs.js';
import { compareTexts, revertChange, type TextChange } from '../app/desk/text-change.js';
import type { ArticleLife } from '../app/explain/explain.js';
import { type LoadedSettings, loadCurrentOrLast } from '../app/last-good-config.js';
import type { SiteReading } from '../app/load-site.js';
import { withFileLock } from '../config/edit/file-lock.js';
import { readToEdit, replaceFile } from '../config/edit/replace-file.js';
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import { createMask, digestTexts, readEditable, requireInside, type Texts } from './files.js';
import { type Form, FormError } from './form.js';

export interface FileChange extends TextChange {
  readonly path: string;
  /** Whole texts, for masking secrets. */
  readonly texts: readonly (string | null)[];
}

/** A change that the editor made at this desk. */
export interface MadeChange {
  readonly id: number;
  readonly what: string;
  readonly at: Date;
  readonly files: readonly FileChange[];
}

/** What the next page says, with the change that it can take back; null: none. */
interface Message {
  readonly text: string;
  readonly change: number | null;
}

/** The files differ from those that the page was made from. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(
    readonly files: readonly FileChange[],
    readonly version: string,
  ) {
    super('The files were changed since this page was loaded.');
  }
}

/** A step of `explain`. */
interface Step {
  readonly step: string;
  readonly verdict: string;
  readonly why: readonly string[];
}

export interface DeskParts {
  readonly configPath: string;
  readonly load: (reading?: SiteReading) => Promise<Settings>;
  readonly now: () => Date;
  /** The command that publishes: program and arguments. */
  readonly build: readonly string[];
  readonly explain: (found: ArticleLife) => readonly Step[];
}

const KEPT_VERSIONS = 100;

export class Desk {
  readonly parts: DeskParts;
  readonly jobs: Jobs;
  readonly #made: MadeChange[] = [];
  readonly #versions = new Map<string, Texts>();
  #preview: string | null = null;
  #lastId = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #message: Message | null = null;
  #lastValid: Settings | null = null;

  /** `signal` ends running builds. */
  constructor(parts: DeskParts, signal: AbortSignal) {
    this.parts = parts;
    this.jobs = new Jobs(parts.build, signal);
  }

  /** The folder for the files that the next build would change. */
  async openPreview(): Promise<string> {
    await this.close();
    const folder = await mkdtemp(join(tmpdir(), 'newsloom-desk-'));
    this.#preview = folder;
    return folder;
  }

  /** null: the next build was not tried yet. */
  get preview(): string | null {
    return this.#preview;
  }

  async close(): Promise<void> {
    if (this.#preview !== null) await rm(this.#preview, { recursive: true, force: true });
    this.#preview = null;
  }

  /** The newest first. */
  get made(): readonly MadeChange[] {
    return this.#made;
  }

  /** With an invalid config, the last valid one. */
  async load(): Promise<LoadedSettings> {
    const { configPath, load } = this.parts;
    try {
      const loaded = await loadCurrentOrLast(configPath, load);
      if (loaded.error === null) this.#lastValid = loaded.settings;
      return loaded;
    } catch (error) {
      if (!(error instanceof ConfigError) || this.#lastValid === null) throw error;
      return { settings: this.#lastValid, error };
    }
  }

  /** Names the present state of the files, for the forms of a page. */
  async noteVersion(settings: Settings): Promise<string> {
    return this.#keepVersion(await readEditable(settings));
  }

  /** The message of the last change, once. */
  takeMessage(): Message | null {
    const message = this.#message;
    this.#message = null;
    return message;
  }

  /** Runs `act` on the current config, one change at a time. It resolves with what it did. Throws Conflict. */
  async change(form: Form, act: (settings: Settings) => Promise<string>): Promise<void> {
    await this.#inTurn(async () => {
      const settings = await this.parts.load();
      const before = await readEditable(settings);
      this.#requireVersion(form.text('version'), before);
      await requireInside(before, settings.root);
      const lastId = this.#lastId;
      let what = 'Part of a change';
      try {
        what = await act(settings);
      } finally {
        this.#record(what, before, await readEditable(settings));
      }
      this.#message = { text: what, change: this.#lastId === lastId ? null : this.#lastId };
    });
  }

  /** Takes one change back and keeps later ones. Throws FormError if its lines were changed since. */
  async undo(id: number): Promise<void> {
    await this.#inTurn(async () => {
      const made = this.#made.find((one) => one.id === id);
      if (made === undefined) throw new FormError('This change was taken back already.');
      const settings = await this.parts.load();
      const now = await readEditable(settings);
      await requireInside(now, settings.root);
      const reverted = made.files.map(({ path, ...change }) => {
        const text = revertChange(now.get(path) ?? '', change);
        if (text === null) throw new FormError(`${path} was changed there since. Take back the later change first.`);
        return [path, text] as const;
      });
      for (const [path, text] of reverted) await replaceLocked(path, now.get(path) ?? '', text);
      try {
        await this.parts.load('fresh');
      } catch (error) {
        for (const [path] of reverted) await replaceFile(path, now.get(path) ?? '');
        if (error instanceof ConfigError) throw new FormError(`Without this change, the config is invalid: ${error.message}`); // biome-ignore format: one message
        throw error;
      }
      this.#made.splice(this.#made.indexOf(made), 1);
      this.#message = { text: `Taken back: ${made.what}`, change: null };
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #keepVersion(texts: Texts): string {
    const version = digestTexts(texts);
    this.#versions.delete(version);
    this.#versions.set(version, texts);
    for (const oldest of [...this.#versions.keys()].slice(0, -KEPT_VERSIONS)) this.#versions.delete(oldest);
    return version;
  }

  #requireVersion(version: string, now: Texts): void {
    const current = this.#keepVersion(now);
    if (version === current) return;
    const then = this.#versions.get(version);
    throw new Conflict(then === undefined ? [] : listChanges(then, now), current);
  }

  #record(what: string, before: Texts, after: Texts): void {
    const files = listChanges(before, after);
    if (files.length === 0) return;
    this.#lastId += 1;
    this.#made.unshift({ id: this.#lastId, what, at: this.parts.now(), files });
  }
}

/** For pages: without secrets, and with the file's path from the site's root. */
export function maskChange({ path, texts, line, removed, added }: FileChange, root: string) {
  const mask = createMask(texts);
  return { name: relative(root, path), line, removed: removed.map(mask), added: added.map(mask) };
}

function listChanges(before: Texts, after: Texts): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const texts = [before.get(path) ?? null, after.get(path) ?? null] as const;
    // Taking back the change that made a file leaves the file's heading: a missing file keeps its decisions in force.
    const old = texts[0] ?? /^(?:#.*\n|\n)*/.exec(texts[1] ?? '')![0];
    return texts[0] === texts[1] ? [] : [{ path, ...compareTexts(old, texts[1]), texts }];
  });
}

async function replaceLocked(path: string, expected: string, text: string): Promise<void> {
  await withFileLock(path, async () => {
    if (((await readToEdit(path)) ?? '') !== expected) throw new FormError(`${path} was changed just now. Try again.`);
    await replaceFile(path, text);
  });
}
