/** argv → one command → its exit status, with everything that can go wrong on the way said for people. */
import { readFileSync } from 'node:fs';
import { Command as Commander, CommanderError, InvalidArgumentError } from 'commander';
import { NewsloomError } from '../model/errors.js';
import { createLogger, type Logger } from '../observe/logger.js';
import { createProgress } from '../observe/progress.js';
import type { Command, Context, Option } from './command.js';
import { commands, groups, type Listed } from './commands.js';
import { describeError, EXIT, type ExitStatus, statusOf, UsageError } from './exit.js';

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
  const program = frame(world);
  const chosen = list.find(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '));
  // The one that is asked for; all of them for --help and for "did you mean".
  for (const { load } of chosen === undefined ? list : [chosen]) {
    const { command } = await load();
    const added = add(program, command);
    added.action(async () => {
      status = await runCommand(command, added, world);
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

function frame(world: World): Commander {
  return new Commander('newsloom')
    .description('Weaves the feeds of many publications into the feeds of one news section.')
    .version(version(), '-V, --version', 'print the version')
    .option('-q, --quiet', 'say nothing but errors')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(newsloom --help lists commands and options)')
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHasColors: () => colorsOn(world.stdout, world.env),
      getErrHasColors: () => colorsOn(world.stderr, world.env),
    })
    .exitOverride();
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}

function add(program: Commander, command: Command): Commander {
  const words = command.name.split(' ');
  const parent = words.length === 1 ? program : groupOf(program, words[0]!);
  const added = parent
    .command(words.at(-1)!)
    .description(command.describe)
    .option('-q, --quiet', 'say nothing but errors')
    .allowExcessArguments(false);
  for (const { name, describe } of command.parameters ?? []) added.argument(name, describe);
  for (const option of command.options) addOption(added, option);
  const examples = command.examples.map(([line, what]) => `  $ ${line}\n      ${what}`);
  return added.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
}

function groupOf(program: Commander, name: string): Commander {
  const group = program.commands.find((one) => one.name() === name);
  return group ?? program.command(name).description(groups[name] ?? '');
}

function addOption(added: Commander, option: Option): void {
  const { flags, describe, read } = option;
  if (read === undefined) added.option(flags, describe, option.default);
  else added.option(flags, describe, (value: string) => readOrRefuse(read, value), option.default);
}

function readOrRefuse(read: (value: string) => unknown, value: string): unknown {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

async function runCommand(command: Command, parsed: Commander, world: World): Promise<ExitStatus> {
  const options: Readonly<Record<string, unknown>> = parsed.optsWithGlobals();
  const quiet = options.quiet === true;
  const progress = createProgress(world.stderr, quiet ? 'off' : world.env.TERM === 'dumb' ? 'off' : 'on');
  const logger = await createLogger({
    to: progress,
    style: world.stderr.isTTY ? 'pretty' : 'json',
    colors: colorsOn(world.stderr, world.env),
    level: quiet ? 'error' : 'info',
  });
  const signal = interruptible(world);
  const context: Context = {
    args: parsed.processedArgs.flat().filter((one): one is string => typeof one === 'string'),
    env: world.env,
    signal,
    logger,
    progress,
    colors: colorsOn(world.stdout, world.env),
    print: (text) => void world.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    flag: (name) => options[camel(name)] === true,
    value: <T>(name: string) => options[camel(name)] as T | undefined,
  };
  try {
    return await command.run(context);
  } catch (error) {
    if (signal.aborted && !(error instanceof NewsloomError)) return EXIT.interrupted;
    return failed(error, world, logger);
  } finally {
    progress.end();
  }
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
