/** Runs `newsloom build` as a child process: one at a time, with progress for the pages. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BuildReport } from '../../model/report.js';

interface Progress {
  readonly progress: string;
  readonly done: number;
  /** 0: unknown. */
  readonly total: number;
}

export interface Job {
  readonly kind: 'publish' | 'preview';
  readonly isRunning: boolean;
  readonly step: Progress;
  /** The last lines of its log. */
  readonly lines: readonly string[];
  readonly report: BuildReport | null;
  /** Why it did not publish; null: it did, or is running. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

const MOST_LINES = 200;

export class Jobs {
  readonly #command: readonly string[];
  readonly #signal: AbortSignal;
  #job: Job | null = null;

  /** `signal` ends a running job. */
  constructor(command: readonly string[], signal: AbortSignal) {
    this.#command = command;
    this.#signal = signal;
  }

  /** The running or the last one. */
  get job(): Job | null {
    return this.#job;
  }

  /** Resolves when it ended. Requires that none is running. */
  start(kind: Job['kind'], options: readonly string[]): Promise<void> {
    const step = { progress: 'starting', done: 0, total: 0 };
    this.#job = { kind, isRunning: true, step, lines: [], report: null, error: null };
    return this.#run([...this.#command, ...options]);
  }

  async #run([program = '', ...args]: readonly string[]): Promise<void> {
    const env = { ...process.env, NEWSLOOM_PROGRESS: 'lines' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, signal: this.#signal });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    createInterface({ input: child.stderr }).on('line', (line) => this.#read(line));
    const status = await new Promise<number | null>((resolve) => {
      child.on('error', (error) => {
        this.#read(error.message);
        resolve(null);
      });
      child.on('close', resolve);
    });
    this.#update({ isRunning: false, ...readOutput(output, status, this.#job?.lines ?? []) });
  }

  #read(line: string): void {
    const entry = parseRecord(line);
    const { lines } = this.#job!;
    const text = entry === null ? line : describeLogEntry(entry);
    const isStep = entry !== null && 'progress' in entry;
    this.#update(isStep ? { step: entry as unknown as Progress } : { lines: [...lines, text].slice(-MOST_LINES) });
  }

  #update(change: Partial<Job>): void {
    this.#job = { ...this.#job!, ...change };
  }
}

/** Statuses of runs that published: also if sources failed. */
const PUBLISHED_STATUSES: readonly (number | null)[] = [0, 3, 4];

/** Stdout has the report or an error document. A refused edition has a report, too, and its reason on stderr. */
function readOutput(output: string, status: number | null, lines: readonly string[]): Pick<Job, 'report' | 'error'> {
  const document = parseRecord(output);
  if (document !== null && 'error' in document) return { report: null, error: document.error as Job['error'] };
  const report = document as BuildReport | null;
  if (report !== null && PUBLISHED_STATUSES.includes(status)) return { report, error: null };
  const reason = lines.filter((line) => line.startsWith('newsloom: ')).at(-1) ?? lines.at(-1) ?? 'The build failed.';
  const [, message = reason, code = 'FAILED'] = /^newsloom: (.*) \(([A-Z_]+)\)$/.exec(reason) ?? [];
  return { report, error: { code, message } };
}

function describeLogEntry({ msg, source, at, ...facts }: Readonly<Record<string, unknown>>): string {
  const { added, updated, withdrawn } = facts;
  const counts = Object.entries({ new: added, corrected: updated, withdrawn }).flatMap(([name, n]) =>
    n ? `${n} ${name}` : [],
  );
  return [source ?? at, counts.join(', ') || msg].filter(Boolean).join(': ');
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
