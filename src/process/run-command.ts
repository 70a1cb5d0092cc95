/** Runs a program of the editor: without a shell, with few variables, bounded in time, lines and bytes. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { CommandCall, CommandResult, CommandRunner } from '../ports/command-runner.js';

/** Bytes that it may write in all; more is a program that went astray. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Lines that it may write for each line that it reads, and a few more for what it says beside. */
const LINES_EACH = 4;
const LINES_MORE = 1_000;
/** Characters of its standard error that are told. */
const MOST_SAID = 600;
/** How long what it started may hold its output open after its own end. */
const AFTER_END_MS = 1_000;

/** Where programs are found, what language they speak and where they may write; none of our secrets. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
];

/** `root`: the folder in which programs run. `environment`: ours, of which a few variables are passed on. */
export function createCommandRunner(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): CommandRunner {
  const common = Object.fromEntries(
    PASSED_ON.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
  return {
    run: async (call, signal) => {
      signal.throwIfAborted();
      return await new Run(call, root, { ...common, ...call.env }).result(signal);
    },
  };
}

class Run {
  readonly #call: CommandCall;
  readonly #child: ChildProcess;
  readonly #pieces: Buffer[] = [];
  #bytes = 0;
  #lines = 0;
  #said = '';
  #failure: string | null = null;

  constructor(call: CommandCall, root: string, env: Record<string, string>) {
    this.#call = call;
    const [program = '', ...args] = call.run;
    // A group of its own, so that what it started ends with it.
    this.#child = spawn(program, args, { cwd: root, env, shell: false, detached: true, stdio: 'pipe' });
  }

  async result(signal: AbortSignal): Promise<CommandResult> {
    const { timeoutMs, lines } = this.#call;
    const timer = setTimeout(() => this.#end(`it took longer than ${timeoutMs} ms`), timeoutMs);
    const abort = () => this.#end('the run was ended');
    signal.addEventListener('abort', abort, { once: true });
    const closed = this.#closed();
    // What it does not read is no concern of ours.
    this.#child.stdin!.on('error', () => {});
    this.#child.stdin!.end(lines.map((line) => `${line}\n`).join(''));
    await closed;
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    signal.throwIfAborted();
    return { lines: this.#written(), said: tail(this.#said), failure: this.#failure };
  }

  #closed(): Promise<void> {
    const child = this.#child;
    child.stdout!.on('data', (piece: Buffer) => this.#take(piece));
    child.stderr!.on('data', (piece: Buffer) => {
      this.#said = (this.#said + piece.toString('utf8')).slice(-4 * MOST_SAID);
    });
    return new Promise((resolve) => {
      child.on('error', (error: NodeJS.ErrnoException) => {
        this.#failure ??= error.code === 'ENOENT' ? 'no such program' : `it cannot be started (${error.code})`;
        if (child.pid === undefined) resolve();
      });
      child.on('exit', (status, killedBy) => {
        if (status !== 0) this.#failure ??= status === null ? `it was ended (${killedBy})` : `it ended with ${status}`;
        const rest = setTimeout(() => this.#kill(), AFTER_END_MS);
        child.on('close', () => clearTimeout(rest));
      });
      child.on('close', () => resolve());
    });
  }

  #take(piece: Buffer): void {
    if (this.#failure !== null) return;
    this.#bytes += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) this.#lines++;
    if (this.#bytes > MOST_BYTES) this.#end(`it wrote more than ${MOST_BYTES} bytes`);
    else if (this.#lines > LINES_EACH * this.#call.lines.length + LINES_MORE)
      this.#end(`it wrote more than ${LINES_EACH} lines for each that it was given`);
    else this.#pieces.push(piece);
  }

  #end(why: string): void {
    this.#failure ??= why;
    this.#kill();
  }

  #kill(): void {
    const { pid, stdout, stderr } = this.#child;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone already.
      this.#child.kill('SIGKILL');
    }
    stdout?.destroy();
    stderr?.destroy();
  }

  /** A last line without its end counts only where the program ended well. */
  #written(): string[] {
    const lines = Buffer.concat(this.#pieces).toString('utf8').split('\n');
    const last = lines.pop() ?? '';
    return this.#failure === null && last !== '' ? [...lines, last] : lines;
  }
}

function tail(said: string): string {
  const line = said.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length <= MOST_SAID ? line : `… ${line.slice(-MOST_SAID)}`;
}
