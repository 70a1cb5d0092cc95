/** Runs one command line and returns its exit status. Errors become messages. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CommanderError } from 'commander';
import { TerminalSafeOutput } from '../app/terminal-safe.js';
import { NewsloomError } from '../model/errors.js';
import { createLogger } from '../observe/logger.js';
import { createProgress } from '../observe/progress.js';
import type { CommandEntry, Context } from './command.js';
import { commands } from './commands.js';
import { describeError, EXIT, type ExitStatus, toErrorDocument, toExitStatus, UsageError } from './exit.js';
import { DEFAULT_CONFIG } from './options.js';
import { type ChosenCommand, parseCommandLine } from './parser.js';

export type ProcessIO = Pick<NodeJS.Process, 'cwd' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'exit'>;

/** Without arguments, in the folder of a section, it runs `overview`. Errors become messages on stderr. */
export async function runCommandLine(
  given: readonly string[],
  io: ProcessIO,
  list: readonly CommandEntry[] = commands,
): Promise<ExitStatus> {
  ignoreWriteErrors(io.stdout, ['EPIPE'], (error) => {
    if (error.code !== 'ENOSPC') throw error;
    io.stderr.write(`newsloom: cannot write the output: ${error.message}\n`);
    io.exit(EXIT.publish);
  });
  ignoreWriteErrors(io.stderr, ['EPIPE', 'ENOSPC', 'EIO'], (error) => {
    throw error;
  });
  const output = new TerminalSafeOutput();
  const argv = given.length === 0 ? chooseDefaultArguments(io.cwd()) : given;
  const chosen = await parseCommandLine(argv, io, list);
  if (chosen instanceof CommanderError) return endAfterParsing(chosen, argv, io, output);

  const { command } = chosen;
  const context = openContext(chosen, io, output);
  try {
    return await command.run(context);
  } catch (error) {
    context.progress.end();
    // No error document: the sender of the signal knows why the command ended.
    if (context.signal.aborted && !(error instanceof NewsloomError)) return EXIT.interrupted;
    const isLogged = command.logs === true && !io.stderr.isTTY;
    reportError(error, context, isLogged ? null : io.stderr, output);
    // A run that could not publish has already printed its report, and stdout gets one document only.
    if (context.flag('json') && !context.hasPrinted()) context.print(output.json(toErrorDocument(error)));
    return toExitStatus(error);
  } finally {
    context.progress.end();
  }
}

function chooseDefaultArguments(folder: string): readonly string[] {
  const config = join(folder, DEFAULT_CONFIG);
  return existsSync(config) ? ['overview', '--config', relative('', config)] : [];
}

function endAfterParsing(
  { exitCode, message }: CommanderError,
  argv: readonly string[],
  { stdout }: ProcessIO,
  output: TerminalSafeOutput,
): ExitStatus {
  if (exitCode === 0) return EXIT.ok;
  if (argv.includes('--json')) stdout.write(`${output.json(toErrorDocument(new UsageError(message)))}\n`);
  return EXIT.usage;
}

function openContext(
  { args, options }: ChosenCommand,
  io: ProcessIO,
  output: TerminalSafeOutput,
): Context & { hasPrinted(): boolean } {
  const quiet = options.quiet === true;
  const drawing = quiet || io.env.TERM === 'dumb' ? 'off' : 'on';
  // The desk runs builds and shows their progress.
  const progress = createProgress(io.stderr, io.env.NEWSLOOM_PROGRESS === 'lines' ? 'lines' : drawing);
  const logger = createLogger({
    to: progress,
    shown: (text) => output.text(text),
    style: io.stderr.isTTY ? 'pretty' : 'json',
    // https://no-color.org: any non-empty value.
    colors: io.stderr.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== 'dumb',
    level: quiet ? 'error' : 'info',
  });
  // A second signal ends the process before the command can.
  io.on('exit', () => progress.end());
  const signal = createInterruptSignal(io);
  let hasPrinted = false;
  const print = (text: string) => {
    hasPrinted = true;
    progress.end(); // stdout and stderr may be the same terminal
    io.stdout.write(output.text(text.endsWith('\n') ? text : `${text}\n`));
  };
  return {
    args,
    progress,
    logger,
    signal,
    print,
    hasPrinted: () => hasPrinted,
    env: io.env,
    isTerminal: io.stdout.isTTY === true,
    ask: (question) => askOnTerminal(io, output.text(question), { progress, signal }),
    show: (result, inWords) => print(options.json === true ? output.json(result) : inWords()),
    hide: (secrets) => output.hide(secrets),
    onHangup: (then) => void io.on('SIGHUP', then),
    exit: (status) => void io.exit(status),
    flag: (name) => options[toCamelCase(name)] === true,
    value: <T>(name: string) => options[toCamelCase(name)] as T | undefined,
  };
}

/** `y` and `yes` mean yes; null without a terminal. Rejects with the signal's reason if it is interrupted. */
async function askOnTerminal(
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

function reportError(
  error: unknown,
  { logger }: Pick<Context, 'logger'>,
  stderr: NodeJS.WriteStream | null,
  output: TerminalSafeOutput,
): void {
  if (!isExpected(error)) {
    logger.fatal({ err: error }, 'unexpected error; please report this bug with the stack trace');
  } else if (stderr === null) {
    const { message, ...facts } = toErrorDocument(error).error;
    logger.error(facts, message);
  } else {
    stderr.write(`${output.text(describeError(error, stderr.isTTY === true ? 'for people' : 'plain'))}\n`);
  }
}

function isExpected(error: unknown): error is NewsloomError | UsageError {
  return error instanceof NewsloomError || error instanceof UsageError;
}

/** The first signal aborts the command cleanly, the second ends the process at once. */
function createInterruptSignal(io: ProcessIO): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    io.on(name, () => {
      if (controller.signal.aborted) io.exit(EXIT.interrupted);
      controller.abort();
    });
  return controller.signal;
}

/** In `newsloom schema | head -1` the reader closes the pipe early. A full disk for the log must not end a worker. */
function ignoreWriteErrors(
  stream: NodeJS.WriteStream,
  codes: readonly string[],
  handle: (error: NodeJS.ErrnoException) => void,
): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) handle(error);
  });
}

function toCamelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
