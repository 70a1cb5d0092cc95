/** What the pages share: settings, the changes made so far, and the only way to make one. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Jobs } from '../app/desk/build-jobs.js';
import { compareTexts, revertChange, splitLines, type TextChange } from '../app/desk/text-change.js';
import type { ArticleLife } from '../app/explain/explain.js';
import { type LoadedSettings, loadCurrentOrLast } from '../app/last-good-config.js';
import type { SiteReading } from '../app/load-site.js';
import { withFileLock } from '../config/edit/file-lock.js';
import { type FileEdit, readToEdit, recordEdits, replaceFile } from '../config/edit/replace-file.js';
import { ConfigError } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import { createTextFilter, digestTexts, readEditable, requireInside, type Texts } from './files.js';
import { type Form, FormError, UnsavedForm } from './form.js';

interface FileChange extends TextChange {
  readonly path: string;
  /** Whether the change made the file. */
  readonly isNew: boolean;
  /** For pages: without secrets, and with the path from the site's root. */
  readonly shown: { readonly name: string; readonly removed: readonly string[]; readonly added: readonly string[] };
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
  readonly summarize: (report: BuildReport) => string;
}

const KEPT_VERSIONS = 100;

export class Desk {
  readonly parts: DeskParts;
  readonly jobs: Jobs;
  readonly #made: MadeChange[] = [];
  readonly #versions = new Map<string, Texts>();
  readonly #watched = new Set<string>();
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

  /** Names the present state of the files, for the forms of a page. `file`: another one that the page edits. */
  async noteVersion(settings: Settings, file?: string): Promise<string> {
    if (file !== undefined) this.#watched.add(file);
    return this.#keepVersion(await readEditable(settings, this.#watched));
  }

  /** The message of the last change, once. */
  takeMessage(): Message | null {
    const message = this.#message;
    this.#message = null;
    return message;
  }

  /** Runs `act` on the current config, one change at a time. It resolves with what it did. Throws UnsavedForm if the files were changed. */
  async change(form: Form, act: (settings: Settings) => Promise<string>): Promise<void> {
    await this.#inTurn(async () => {
      const settings = await this.parts.load();
      const now = await readEditable(settings, this.#watched);
      this.#requireVersion(form.text('version'), now, settings);
      // Those that a page shows for editing are checked when they are written.
      await requireInside(new Map([...now].filter(([path]) => !this.#watched.has(path))), settings.root);
      const lastId = this.#lastId;
      const edits: FileEdit[] = [];
      let what = 'Part of a change';
      try {
        what = await recordEdits(edits, () => act(settings));
      } finally {
        this.#record(what, edits, settings);
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
      const now = new Map<string, string | null>();
      for (const { path } of made.files) now.set(path, await readToEdit(path));
      await requireInside(now, settings.root);
      const reverted = made.files.map(({ path, isNew, ...change }) => {
        const text = revertChange(now.get(path) ?? '', change);
        if (text === null) throw new FormError(`${path} was changed there since. Take back the later change first.`);
        return [path, isNew && text === '' ? null : text] as const;
      });
      for (const [path, text] of reverted) await replaceLocked(path, now.get(path) ?? null, text);
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

  /** Only files that the page knew. */
  #requireVersion(version: string, now: Texts, settings: Settings): void {
    const then = this.#versions.get(version);
    const edits = [...(then ?? [])].map(([path, before]) => ({ path, before, after: now.get(path) ?? null }));
    const files = listChanges(edits, settings);
    if (then !== undefined && files.length === 0) return;
    throw new UnsavedForm({ template: 'conflict', title: 'The files were changed meanwhile', data: { files } });
  }

  #record(what: string, edits: readonly FileEdit[], settings: Settings): void {
    // Without steps between: an edit that was made and taken back disappears.
    const joined = new Map<string, FileEdit>();
    for (const edit of edits) joined.set(edit.path, { ...edit, before: (joined.get(edit.path) ?? edit).before });
    const files = listChanges([...joined.values()], settings);
    if (files.length === 0) return;
    this.#lastId += 1;
    this.#made.unshift({ id: this.#lastId, what, at: this.parts.now(), files });
  }
}

function listChanges(edits: readonly FileEdit[], settings: Settings): FileChange[] {
  return edits.flatMap(({ path: given, before, after }) => {
    if (before === after) return [];
    const path = resolve(given);
    // Taking back the change that made a file leaves the file's heading: a missing file keeps its decisions in force.
    const old = before ?? (path.endsWith('.md') ? '' : /^(?:#.*\n|\n)*/.exec(after ?? '')![0]);
    const change = compareTexts(old, after);
    const filter = createTextFilter(path, settings);
    const show = (text: string | null, { length }: readonly string[]) =>
      splitLines(filter(text ?? '')).slice(change.line - 1, change.line - 1 + length);
    const [removed, added] = [show(before, change.removed), show(after, change.added)];
    return { path, isNew: before === null, ...change, shown: { name: relative(settings.root, path), removed, added } };
  });
}

/** null removes the file, or expects that it is missing. */
async function replaceLocked(path: string, expected: string | null, text: string | null): Promise<void> {
  await withFileLock(path, async () => {
    if ((await readToEdit(path)) !== expected) throw new FormError(`${path} was changed just now. Try again.`);
    if (text === null) await rm(path, { force: true });
    else await replaceFile(path, text);
  });
}
