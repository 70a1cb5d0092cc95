/** Runs an editor's program without a shell, with few environment variables, and limits on time, lines and bytes. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { CommandCall, CommandResult, CommandRunner } from '../ports/command-runner.js';

/** Limit of the output in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Limits the output lines per input line, plus a fixed allowance. */
const LINES_EACH = 4;
const LINES_MORE = 1_000;
/** Characters of standard error to report. */
const MOST_SAID = 600;
/** Milliseconds that child processes may keep the output open after the program exits. */
const AFTER_END_MS = 1_000;

/** Variables passed on; never secrets. */
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

/** `root`: working directory. `environment`: our environment, of which only `PASSED_ON` is passed on. */
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
  #stderr = '';
  #failure: string | null = null;

  constructor(call: CommandCall, root: string, env: Record<string, string>) {
    this.#call = call;
    const [program = '', ...args] = call.run;
    // Starts a new process group, so that child processes can be killed with it.
    this.#child = spawn(program, args, { cwd: root, env, shell: false, detached: true, stdio: 'pipe' });
  }

  async result(signal: AbortSignal): Promise<CommandResult> {
    const { timeoutMs, lines } = this.#call;
    const timer = setTimeout(() => this.#end(`took longer than ${timeoutMs} ms`), timeoutMs);
    const abort = () => this.#end('the run was aborted');
    signal.addEventListener('abort', abort, { once: true });
    const closed = this.#waitUntilClosed();
    // The program may exit without reading its input.
    this.#child.stdin!.on('error', () => {});
    this.#child.stdin!.end(lines.map((line) => `${line}\n`).join(''));
    await closed;
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    signal.throwIfAborted();
    return { lines: this.#outputLines(), said: shortenOutput(this.#stderr), failure: this.#failure };
  }

  #waitUntilClosed(): Promise<void> {
    const child = this.#child;
    child.stdout!.on('data', (piece: Buffer) => this.#take(piece));
    child.stderr!.on('data', (piece: Buffer) => {
      this.#stderr = (this.#stderr + piece.toString('utf8')).slice(-4 * MOST_SAID);
    });
    return new Promise((resolve) => {
      child.on('error', (error: NodeJS.ErrnoException) => {
        this.#failure ??= error.code === 'ENOENT' ? 'program not found' : `cannot start (${error.code})`;
        if (child.pid === undefined) resolve();
      });
      child.on('exit', (status, killedBy) => {
        if (status !== 0) this.#failure ??= status === null ? `killed by ${killedBy}` : `exited with ${status}`;
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
    if (this.#bytes > MOST_BYTES) this.#end(`output exceeds ${MOST_BYTES} bytes`);
    else if (this.#lines > LINES_EACH * this.#call.lines.length + LINES_MORE)
      this.#end(`output exceeds ${LINES_EACH} lines per input line`);
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
      // The process group has already ended.
      this.#child.kill('SIGKILL');
    }
    stdout?.destroy();
    stderr?.destroy();
  }

  /** Includes an unterminated last line only if the program succeeded. */
  #outputLines(): string[] {
    const lines = Buffer.concat(this.#pieces).toString('utf8').split('\n');
    const last = lines.pop() ?? '';
    return this.#failure === null && last !== '' ? [...lines, last] : lines;
  }
}

function shortenOutput(said: string): string {
  const line = said.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length <= MOST_SAID ? line : `… ${line.slice(-MOST_SAID)}`;
}
