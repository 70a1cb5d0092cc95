/** Shows a progress bar on the last line of a terminal and names slow steps. */

/** Log lines must also go through `write`, so that bar and log do not mix. */
export interface Progress {
  /** Shows a bar of `total` steps. `names`: the details of the expected steps, shown if they are slow. */
  start(what: string, total: number, names?: readonly string[]): void;
  /** Completes one step; `detail` names it. */
  step(detail?: string): void;
  /** Replaces the bar with a label, and with its duration once it is slow. */
  phase(what: string): void;
  end(): void;
  /** Writes whole lines above the bar. */
  write(lines: string): void;
}

type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

interface ProgressTimer {
  /** Milliseconds from an arbitrary start. */
  now(): number;
  /** Calls `then` about once a second without keeping the process alive. Returns a function that stops it. */
  repeat(then: () => void): () => void;
}

const machineTimer: ProgressTimer = {
  now: () => performance.now(),
  repeat: (then) => {
    const timer = setInterval(then, 1000).unref();
    return () => clearInterval(timer);
  },
};

const CLEAR = '\r\u001b[K'; // ECMA-48 EL: clears the line
const WIDTH = 24;
/** Milliseconds without a step after which the bar names the pending steps. */
const LONG = 2500;
const MOST_NAMED = 2;

interface Bar {
  readonly what: string;
  readonly total: number;
  readonly done: number;
  readonly detail: string;
  readonly waiting: ReadonlySet<string>;
  /** Time of the last step. */
  readonly since: number;
}

/** Draws the bar on terminals only. Otherwise writes only log lines. `lines`: writes each state as a line of JSON, for a program. */
export function createProgress(stream: Terminal, mode: 'on' | 'off' | 'lines', timer = machineTimer): Progress {
  if (mode === 'lines') return createProgressLines(stream);
  const draws = mode === 'on' && stream.isTTY === true;
  let bar: Bar | null = null;
  let stop: (() => void) | null = null;
  // Some terminals report 0 columns.
  const draw = () => {
    if (bar !== null) stream.write(CLEAR + formatBar(bar, timer.now() - bar.since, stream.columns || 80));
  };
  const clear = () => {
    if (bar !== null) stream.write(CLEAR);
  };
  const show = (next: Bar) => {
    bar = next;
    stop ??= timer.repeat(draw);
    draw();
  };
  return {
    start(what, total, names = []) {
      if (draws) show({ what, total, done: 0, detail: '', waiting: new Set(names), since: timer.now() });
    },
    step(detail = '') {
      if (bar === null) return;
      const waiting = new Set(bar.waiting);
      waiting.delete(detail);
      show({ ...bar, done: bar.done + 1, detail, waiting, since: timer.now() });
    },
    phase(what) {
      if (draws) show({ what, total: 0, done: 0, detail: '', waiting: new Set(), since: timer.now() });
    },
    end() {
      clear();
      stop?.();
      stop = null;
      bar = null;
    },
    write(lines) {
      clear();
      stream.write(lines);
      draw();
    },
  };
}

/** Lines such as `{"progress":"fetching sources","done":3,"total":12}`. */
function createProgressLines(stream: Pick<Terminal, 'write'>): Progress {
  let [what, done, total] = ['', 0, 0];
  const show = () => stream.write(`${JSON.stringify({ progress: what, done, total })}\n`);
  const start = (name: string, steps: number) => {
    [what, done, total] = [name, 0, steps];
    show();
  };
  return {
    start,
    phase: (name) => start(name, 0),
    step: () => {
      done += 1;
      show();
    },
    end: () => {},
    write: (lines) => void stream.write(lines),
  };
}

/** Formats `reading sources [████░░░░] 12/30 bbc`, or `… 12/30 waiting 4 s for nature, wired and 16 more` when slow. */
function formatBar(bar: Bar, elapsed: number, columns: number): string {
  const isLong = elapsed >= LONG;
  const seconds = Math.floor(elapsed / 1000);
  const { what, total, done } = bar;
  const detail = isLong && bar.waiting.size > 0 ? `waiting ${seconds} s for ${joinNames(bar.waiting)}` : bar.detail;
  const text =
    total === 0
      ? `${what}${isLong ? ` ${seconds} s` : ''}`
      : `${what} ${drawBar(done / total)} ${done}/${total} ${detail}`;
  return text.trimEnd().slice(0, Math.max(0, columns - 1));
}

function drawBar(share: number): string {
  const full = Math.round(Math.min(1, share) * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}

function joinNames(waiting: ReadonlySet<string>): string {
  const first = [...waiting].slice(0, MOST_NAMED).join(', ');
  return waiting.size > MOST_NAMED ? `${first} and ${waiting.size - MOST_NAMED} more` : first;
}
