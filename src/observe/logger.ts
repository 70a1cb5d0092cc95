/** Writes the log to stderr: JSON lines, or readable lines on a terminal. */
import { createRequire } from 'node:module';
import type { Logger as Pino } from 'pino';
import { prettyLine } from './pretty-line.js';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Logger = Pick<Pino, (typeof LEVELS)[number]>;

export interface LoggerOptions {
  /** Receives whole lines. Must write synchronously, so that no line is lost at exit. */
  readonly to: { write(lines: string): void };
  /** Redacts a text before it is logged. */
  readonly shown: (text: string) => string;
  readonly style: 'pretty' | 'json';
  readonly colors: boolean;
  readonly level: 'info' | 'error';
}

const load = createRequire(import.meta.url);

/** Loads pino when the first line is logged. */
export function createLogger(options: LoggerOptions): Logger {
  let made: Pino | null = null;
  const logger = () => {
    made ??= openPino(options);
    return made;
  };
  const lines = LEVELS.map((level) => [level, (...line: [object, string]) => logger()[level](...line)]);
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
    { write: (line: string) => to.write(format(redactLine(line, shown))) },
  );
}

/** Redacts every string and joins multi-line messages, which may contain foreign text. */
function redactLine(line: string, shown: LoggerOptions['shown']): string {
  const show = (key: string, value: unknown) => {
    if (typeof value !== 'string') return value;
    return key === 'msg' ? shown(value).replaceAll('\n', ' ') : shown(value);
  };
  return `${JSON.stringify(JSON.parse(line, show))}\n`;
}
