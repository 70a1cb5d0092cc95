/** The log, on stderr: JSON lines for machines, pretty ones on a terminal. */
import { pino } from 'pino';

export type Logger = ReturnType<typeof pino>;

export interface LoggerOptions {
  /** Where whole lines go; written at once, so that the last ones survive the end of the process. */
  readonly to: { write(lines: string): void };
  readonly style: 'pretty' | 'json';
  readonly colors: boolean;
  readonly level: 'info' | 'error';
}

/** A pino logger. pino-pretty is loaded only where a person looks on. */
export async function createLogger(options: LoggerOptions): Promise<Logger> {
  const format = options.style === 'pretty' ? await prettyFormat(options.colors) : (line: string) => line;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => options.to.write(format(line)) },
  );
}

async function prettyFormat(colors: boolean): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({ colorize: colors, translateTime: 'SYS:HH:MM:ss', singleLine: true });
  return (line) => format(line) ?? '';
}
