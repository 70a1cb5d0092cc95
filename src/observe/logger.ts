/** The log on stderr: JSON lines, or readable lines on a terminal. */
import { createRequire } from 'node:module';
import type { Logger as Pino } from 'pino';
import { prettyLine } from './pretty-line.js';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Logger = Pick<Pino, (typeof LEVELS)[number]>;

export interface LoggerOptions {
  /** Receives whole lines; must write synchronously, so that none is lost when the process ends. */
  readonly to: { write(lines: string): void };
  /** What may be shown of a text in a line. */
  readonly shown: (text: string) => string;
  readonly style: 'pretty' | 'json';
  readonly colors: boolean;
  readonly level: 'info' | 'error';
}

const load = createRequire(import.meta.url);

/** A logger that loads pino with its first line. */
export function createLogger(options: LoggerOptions): Logger {
  let made: Pino | null = null;
  const logger = () => {
    made ??= openPino(options);
    return made;
  };
  const lines = LEVELS.map((level) => [level, (...said: [object, string]) => logger()[level](...said)]);
  return Object.fromEntries(lines);
}

function openPino({ to, shown, style, colors, level }: LoggerOptions): Pino {
  const { pino } = load('pino') as typeof import('pino');
  const format = (line: string) => (style === 'pretty' ? prettyLine(line, colors) : line);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => to.write(format(shownLine(line, shown))) },
  );
}

/** A line of JSON with what may be shown of each text; a message is one line, whoever had a hand in it. */
function shownLine(line: string, shown: LoggerOptions['shown']): string {
  const show = (key: string, value: unknown) => {
    if (typeof value !== 'string') return value;
    return key === 'msg' ? shown(value).replaceAll('\n', ' ') : shown(value);
  };
  return `${JSON.stringify(JSON.parse(line, show))}\n`;
}
