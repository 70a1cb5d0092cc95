/** The log on stderr: JSON lines, or readable lines on a terminal. */
import { createRequire } from 'node:module';
import type { Logger as Pino } from 'pino';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Logger = Pick<Pino, (typeof LEVELS)[number]>;

export interface LoggerOptions {
  /** Receives whole lines; must write synchronously, so that none is lost when the process ends. */
  readonly to: { write(lines: string): void };
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

function openPino({ to, style, colors, level }: LoggerOptions): Pino {
  const { pino } = load('pino') as typeof import('pino');
  const format = style === 'pretty' ? prettyFormat(colors) : (line: string) => line;
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => to.write(format(line)) },
  );
}

/** pino-pretty, loaded only for terminals. */
function prettyFormat(colors: boolean): (line: string) => string {
  const { prettyFactory } = load('pino-pretty') as typeof import('pino-pretty');
  const format = prettyFactory({ colorize: colors, translateTime: 'SYS:HH:MM:ss', singleLine: true });
  return (line) => format(line) ?? '';
}
