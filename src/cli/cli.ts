/** argv → one command → its exit status, with everything that can go wrong on the way said for people. */
import { type Command as Commander, CommanderError } from 'commander';
import { NewsloomError } from '../model/errors.js';
import { createLogger, type Logger } from '../observe/logger.js';
import { createProgress, type Progress } from '../observe/progress.js';
import type { Command, Context } from './command.js';
import { commands, type Listed } from './commands.js';
import { describeError, EXIT, type ExitStatus, statusOf, UsageError } from './exit.js';
import { addCommand, createParser } from './parser.js';

/** What a command line sees of its process. */
export type World = Pick<NodeJS.Process, 'env' | 'stdout' | 'stderr' | 'on' | 'exit'>;

/** Runs one command line. Whatever a command throws becomes a status, and a word on stderr. */
export async function run(
  argv: readonly string[],
  world: World,
  list: readonly Listed[] = commands,
): Promise<ExitStatus> {
  ignoreClosedPipe(world.stdout);
  ignoreClosedPipe(world.stderr);
  let status: ExitStatus = EXIT.ok;
  const parser = createParser(world);
  for (const { load } of needed(argv, list)) {
    const { command } = await load();
    const parsed = addCommand(parser, command);
    parsed.action(async () => {
      status = await runCommand(command, parsed, world);
    });
  }
  try {
    await parser.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** The command that is asked for; all of them for --help and for "did you mean". */
function needed(argv: readonly string[], list: readonly Listed[]): readonly Listed[] {
  const chosen = list.find(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '));
  return chosen === undefined ? list : [chosen];
}

async function runCommand(command: Command, parsed: Commander, world: World): Promise<ExitStatus> {
  const quiet = parsed.optsWithGlobals().quiet === true;
  const progress = createProgress(world.stderr, quiet || world.env.TERM === 'dumb' ? 'off' : 'on');
  const logger = createLogger({
    to: progress,
    style: world.stderr.isTTY ? 'pretty' : 'json',
    colors: colorsOn(world.stderr, world.env),
    level: quiet ? 'error' : 'info',
  });
  // A second signal ends the process without the `finally` below, and lines may still wait.
  world.on('exit', () => progress.end());
  const signal = interruptible(world);
  try {
    return await command.run(contextOf(parsed, world, { progress, logger, signal }));
  } catch (error) {
    if (signal.aborted && !(error instanceof NewsloomError)) return EXIT.interrupted;
    progress.end();
    return failed(error, world, logger);
  } finally {
    progress.end();
  }
}

function contextOf(
  parsed: Commander,
  world: World,
  made: { readonly progress: Progress; readonly logger: Logger; readonly signal: AbortSignal },
): Context {
  const options: Readonly<Record<string, unknown>> = parsed.optsWithGlobals();
  return {
    ...made,
    args: parsed.processedArgs.flat().filter((one): one is string => typeof one === 'string'),
    env: world.env,
    colors: colorsOn(world.stdout, world.env),
    print: (text) => {
      made.progress.end(); // both may be one terminal
      world.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    onHangup: (then) => void world.on('SIGHUP', then),
    exit: (status) => void world.exit(status),
    flag: (name) => options[camel(name)] === true,
    value: <T>(name: string) => options[camel(name)] as T | undefined,
  };
}

function failed(error: unknown, world: World, logger: Logger): ExitStatus {
  if (error instanceof NewsloomError || error instanceof UsageError) world.stderr.write(`${describeError(error)}\n`);
  else logger.fatal({ err: error }, 'a bug in newsloom: please report it with this stack');
  return statusOf(error);
}

/** The first signal asks for an orderly end, the second ends at once. */
function interruptible(world: World): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    world.on(name, () => {
      if (controller.signal.aborted) world.exit(EXIT.interrupted);
      controller.abort();
    });
  return controller.signal;
}

/** https://no-color.org: any value that is not empty. */
function colorsOn(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** `newsloom schema | head -1`: the reader has gone, and that is no mistake. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
