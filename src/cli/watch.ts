/** Shows a text again and again on the same lines of a terminal, until a signal ends it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NewsloomError } from '../model/errors.js';
import type { Context } from './command.js';
import { describeError, UsageError } from './exit.js';
import { cutToWidth } from './table.js';

/** Lines that do not fit are cut off below. Throws UsageError where there is no terminal. */
export async function watched(
  { terminal, print, signal }: Pick<Context, 'terminal' | 'print' | 'signal'>,
  seconds: number,
  text: () => Promise<string>,
): Promise<void> {
  if (terminal() === null) throw new UsageError('--watch needs a terminal; scripts ask again with --json');
  for (let looks = 0; !signal.aborted; looks++) {
    const shown = await text().catch((error) => {
      // Config and store may be in others' hands for a moment; what never worked is told as by any command.
      if (looks > 0 && error instanceof NewsloomError) return describeError(error);
      throw error;
    });
    const screen = terminal();
    if (screen === null) return;
    screen.clear();
    print(screenOf(`${shown}\n\nevery ${seconds} s; Ctrl-C ends it`, screen.columns, screen.rows));
    await sleep(seconds * 1000, undefined, { signal }).catch(() => {});
  }
}

/** The last line stays free for the cursor; the note at the end is kept. */
export function screenOf(text: string, columns: number, rows: number): string {
  const lines = text.split('\n').map((line) => cutToWidth(line, columns));
  const room = Math.max(2, rows - 1);
  return (lines.length <= room ? lines : [...lines.slice(0, room - 1), lines.at(-1)!]).join('\n');
}
