/** A progress bar on the last line of a terminal. */

/** Log lines are written through it too, so that bar and log do not mix. */
export interface Progress {
  /** Shows a bar of `total` steps. */
  start(what: string, total: number): void;
  /** Counts one step as done; `detail` names it. */
  step(detail?: string): void;
  /** Removes the bar. */
  end(): void;
  /** Writes whole lines, above the bar. */
  write(lines: string): void;
}

type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

const CLEAR = '\r\u001b[K'; // ECMA-48 EL: from here to the end of the line
const WIDTH = 24;

/** Draws the bar on terminals only; otherwise, or when off, only log lines are written. */
export function createProgress(stream: Terminal, mode: 'on' | 'off'): Progress {
  const draws = mode === 'on' && stream.isTTY === true;
  let bar: { what: string; total: number; done: number; detail: string } | null = null;
  // Some terminals report 0 columns.
  const draw = () => {
    if (bar !== null) stream.write(CLEAR + barLine(bar, stream.columns || 80));
  };
  const clear = () => {
    if (bar !== null) stream.write(CLEAR);
  };
  return {
    start(what, total) {
      if (!draws) return;
      bar = { what, total, done: 0, detail: '' };
      draw();
    },
    step(detail = '') {
      if (bar === null) return;
      bar = { ...bar, done: bar.done + 1, detail };
      draw();
    },
    end() {
      clear();
      bar = null;
    },
    write(lines) {
      clear();
      stream.write(lines);
      draw();
    },
  };
}

/** `reading sources [████████░░░░░░░░] 12/30 bbc`, never wider than the terminal. */
function barLine(bar: { what: string; total: number; done: number; detail: string }, columns: number): string {
  const share = bar.total === 0 ? 1 : Math.min(1, bar.done / bar.total);
  const full = Math.round(share * WIDTH);
  const drawn = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  const text = `${bar.what} ${drawn} ${bar.done}/${bar.total} ${bar.detail}`.trimEnd();
  return text.slice(0, Math.max(0, columns - 1));
}
