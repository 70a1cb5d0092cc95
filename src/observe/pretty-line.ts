/** Turns a JSON line of the log into a line for a terminal. */

interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string; readonly message?: string };
}

const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const BLUE = 34;
const CYAN = 36;
const GRAY = 90;
const COLORS: Readonly<Record<string, number>> = { debug: BLUE, info: GREEN, warn: YELLOW, error: RED, fatal: RED };

/** `[12:34:56] INFO: published {"added":3}`. The stack of an error follows on lines of its own. */
export function prettyLine(json: string, colors: boolean): string {
  const { time, level, msg = '', err, ...facts } = JSON.parse(json) as LogLine;
  const paint = (text: string, color: number | undefined) =>
    colors && color !== undefined ? `\u001b[${color}m${text}\u001b[39m` : text;
  const clock = new Date(time).toTimeString().slice(0, 8);
  const parts = [`[${clock}]`, `${paint(level.toUpperCase(), COLORS[level])}:`, paint(msg, CYAN)];
  if (Object.keys(facts).length > 0) parts.push(paint(JSON.stringify(facts), GRAY));
  const stack = err?.stack || err?.message || '';
  const indented = stack === '' ? '' : `\n${stack.replace(/^/gm, '    ')}`;
  return `${parts.join(' ')}${indented}\n`;
}
