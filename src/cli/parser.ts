/** Parses a command line with commander. */
import { Command as Commander, CommanderError, InvalidArgumentError } from 'commander';
import { version } from '../observe/version.js';
import type { Command, CommandEntry, Option } from './command.js';
import { groups } from './commands.js';
import { UsageError } from './exit.js';

const QUIET = ['-q, --quiet', 'print errors only'] as const;

export interface ChosenCommand {
  readonly command: Command;
  readonly args: readonly string[];
  /** By name in camel case, as returned by their `read`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Resolves with an error if nothing is to run. Its exit code is 0 after printing help or the version. */
export async function parseCommandLine(
  argv: readonly string[],
  streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
  list: readonly CommandEntry[],
): Promise<ChosenCommand | CommanderError> {
  let chosen!: ChosenCommand;
  const parser = createParser(streams);
  for (const { load } of selectCommands(argv, list)) {
    const command = await load();
    const parsed = addCommand(parser, command);
    parsed.action(() => {
      const args = parsed.processedArgs.flat().filter((one): one is string => typeof one === 'string');
      chosen = { command, args, options: parsed.optsWithGlobals() };
    });
  }
  try {
    parser.parse(argv, { from: 'user' });
    return chosen;
  } catch (error) {
    if (error instanceof CommanderError) return error;
    throw error;
  }
}

/** The typed command only; all commands for --help and for "did you mean". */
function selectCommands(argv: readonly string[], list: readonly CommandEntry[]): readonly CommandEntry[] {
  const typed = list.find(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '));
  return typed === undefined ? list : [typed];
}

/** The parser throws `CommanderError` after printing help or an error. */
function createParser(streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Commander {
  return new Commander('newsloom')
    .description('Builds the feeds of one news section from the feeds of many publications.')
    .version(version, '-V, --version', 'print the version')
    .option(...QUIET)
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(run "newsloom --help" for a list of commands and options)')
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    })
    .exitOverride();
}

/** The caller sets the action. */
function addCommand(parser: Commander, command: Command): Commander {
  const words = command.name.split(' ');
  const parent = words.length === 1 ? parser : findOrAddGroup(parser, words[0] ?? '');
  const added = parent
    .command(words.at(-1) ?? '')
    .description(command.describe)
    .option(...QUIET)
    .allowExcessArguments(false);
  for (const { name, describe } of command.parameters ?? []) added.argument(name, describe);
  for (const option of command.options) addOption(added, option);
  const examples = command.examples.map(([line, what]) => `  $ ${line}\n      ${what}`);
  return added.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
}

function findOrAddGroup(parser: Commander, name: string): Commander {
  const group = parser.commands.find((one) => one.name() === name);
  return group ?? parser.command(name).description(groups[name] ?? '');
}

function addOption(added: Commander, option: Option): void {
  const { flags, describe, read } = option;
  if (read === undefined) added.option(flags, describe, option.default);
  else added.option(flags, describe, (value: string) => parseOptionValue(read, value), option.default);
}

function parseOptionValue(read: (value: string) => unknown, value: string): unknown {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
