/** The log, on stderr: JSON lines for machines, pretty ones on a terminal. */
import { createRequire } from 'node:module';
import type { Logger as Pino } from 'pino';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Logger = Pick<Pino, (typeof LEVELS)[number]>;

export interface LoggerOptions {
  /** Where whole lines go; must write the last ones before the process ends. */
  readonly to: { write(lines: string): void };
  readonly style: 'pretty' | 'json';
  readonly colors: boolean;
  readonly level: 'info' | 'error';
}

const load = createRequire(import.meta.url);

/** A pino logger, loaded with its first line: a quiet run has none. */
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

/** Only where a person looks on. */
function prettyFormat(colors: boolean): (line: string) => string {
  const { prettyFactory } = load('pino-pretty') as typeof import('pino-pretty');
  const format = prettyFactory({ colorize: colors, translateTime: 'SYS:HH:MM:ss', singleLine: true });
  return (line) => format(line) ?? '';
}
