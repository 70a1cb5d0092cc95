/** argv → one command → its exit status. Errors become messages for people. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Command as Commander, CommanderError } from 'commander';
import { ShownText } from '../app/terminal-safe.js';
import { NewsloomError } from '../model/errors.js';
import { createLogger, type Logger } from '../observe/logger.js';
import { createProgress } from '../observe/progress.js';
import type { Command, CommandEntry, Context, ResultTerminal } from './command.js';
import { commands } from './commands.js';
import { describeError, EXIT, type ExitStatus, errorDocument, exitStatusOf, UsageError } from './exit.js';
import { DEFAULT_CONFIG } from './options.js';
import { addCommand, createParser } from './parser.js';

/** The parts of `process` that the command line uses. */
export type ProcessIO = Pick<NodeJS.Process, 'cwd' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'exit'>;

/** Runs one command line; none at all, in the folder of a section, is an overview of it. An error becomes an exit status and a message on stderr. */
export async function runCommandLine(
  given: readonly string[],
  io: ProcessIO,
  list: readonly CommandEntry[] = commands,
): Promise<ExitStatus> {
  ignoreClosedPipe(io.stdout);
  ignoreClosedPipe(io.stderr);
  const argv = given.length === 0 ? withoutArguments(io.cwd()) : given;
  let status: ExitStatus = EXIT.ok;
  const parser = createParser(io);
  for (const { load } of needed(argv, list)) {
    const command = await load();
    const parsed = addCommand(parser, command);
    parsed.action(async () => {
      status = await runCommand(command, parsed, io);
    });
  }
  try {
    await parser.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    if (argv.includes('--json'))
      io.stdout.write(`${new ShownText().json(errorDocument(new UsageError(error.message)))}\n`);
    return EXIT.usage;
  }
}

function withoutArguments(folder: string): readonly string[] {
  const config = join(folder, DEFAULT_CONFIG);
  return existsSync(config) ? ['overview', '--config', relative('', config)] : [];
}

/** The command asked for; all of them for --help and for "did you mean". */
function needed(argv: readonly string[], list: readonly CommandEntry[]): readonly CommandEntry[] {
  const chosen = list.find(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '));
  return chosen === undefined ? list : [chosen];
}

async function runCommand(command: Command, parsed: Commander, io: ProcessIO): Promise<ExitStatus> {
  const shown = new ShownText();
  const quiet = parsed.optsWithGlobals().quiet === true;
  const progress = createProgress(io.stderr, quiet || io.env.TERM === 'dumb' ? 'off' : 'on');
  const logger = createLogger({
    to: progress,
    shown: (text) => shown.text(text),
    style: io.stderr.isTTY ? 'pretty' : 'json',
    colors: colorsOn(io.stderr, io.env),
    level: quiet ? 'error' : 'info',
  });
  // A second signal ends the process without the `finally` below.
  io.on('exit', () => progress.end());
  const signal = interruptible(io);
  let printed = false;
  const print = (text: string) => {
    printed = true;
    progress.end(); // stdout and stderr may be the same terminal
    io.stdout.write(shown.text(text.endsWith('\n') ? text : `${text}\n`));
  };
  const context = contextOf(parsed, io, shown, { progress, logger, signal, print });
  try {
    return await command.run(context);
  } catch (error) {
    progress.end();
    // No document: the sender of the signal knows why the command ended.
    if (signal.aborted && !(error instanceof NewsloomError)) return EXIT.interrupted;
    reportError(error, io, shown, logger, command.logs === true && !io.stderr.isTTY);
    // A run that could not publish has printed its report already: stdout gets one document.
    if (context.flag('json') && !printed) print(shown.json(errorDocument(error)));
    return exitStatusOf(error);
  } finally {
    progress.end();
  }
}

function contextOf(
  parsed: Commander,
  io: ProcessIO,
  shown: ShownText,
  made: Pick<Context, 'progress' | 'logger' | 'signal' | 'print'>,
): Context {
  const options: Readonly<Record<string, unknown>> = parsed.optsWithGlobals();
  return {
    ...made,
    args: parsed.processedArgs.flat().filter((one): one is string => typeof one === 'string'),
    env: io.env,
    terminal: () => terminalOf(io.stdout),
    ask: (question) => askOn(io, shown.text(question), made),
    show: (result, inWords) => made.print(options.json === true ? shown.json(result) : inWords()),
    hide: (secrets) => shown.hide(secrets),
    onHangup: (then) => void io.on('SIGHUP', then),
    exit: (status) => void io.exit(status),
    flag: (name) => options[camel(name)] === true,
    value: <T>(name: string) => options[camel(name)] as T | undefined,
  };
}

const TO_FIRST_LINE = '\u001b[H'; // ECMA-48 CUP
const ERASE_BELOW = '\u001b[J'; // ECMA-48 ED

function terminalOf(stdout: NodeJS.WriteStream): ResultTerminal | null {
  if (!stdout.isTTY) return null;
  const clear = () => void stdout.write(TO_FIRST_LINE + ERASE_BELOW);
  return { columns: stdout.columns || 80, rows: stdout.rows || 24, clear };
}

/** Only where a person types: `y` and `yes` are yes. Interrupted, it rejects with the signal's reason. */
async function askOn(
  { stdin, stdout }: ProcessIO,
  question: string,
  { progress, signal }: Pick<Context, 'progress' | 'signal'>,
): Promise<boolean | null> {
  if (!stdin.isTTY || !stdout.isTTY) return null;
  progress.end();
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(?:es)?$/i.test((await lines.question(question, { signal })).trim());
  } finally {
    lines.close();
  }
}

function reportError(error: unknown, io: ProcessIO, shown: ShownText, logger: Logger, logged: boolean): void {
  const isKnown = error instanceof NewsloomError || error instanceof UsageError;
  if (isKnown && logged) {
    const { message, ...facts } = errorDocument(error).error;
    logger.error(facts, message);
  } else if (isKnown)
    io.stderr.write(`${shown.text(describeError(error, io.stderr.isTTY === true ? 'for people' : 'plain'))}\n`);
  else logger.fatal({ err: error }, 'a bug in newsloom: please report it with this stack');
}

/** The first signal aborts the command in an orderly way, the second ends the process at once. */
function interruptible(io: ProcessIO): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    io.on(name, () => {
      if (controller.signal.aborted) io.exit(EXIT.interrupted);
      controller.abort();
    });
  return controller.signal;
}

/** https://no-color.org: any non-empty value. */
function colorsOn(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** `newsloom schema | head -1`: the reader closed the pipe, which is no error. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
