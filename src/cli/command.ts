/** What a command is: one file of this folder, and one line in `commands.ts`. */
import type { Logger } from '../observe/logger.js';
import type { Progress } from '../observe/progress.js';
import type { ExitStatus } from './exit.js';

export interface Command {
  /** As typed; commands of a group have two words: `sources add`. */
  readonly name: string;
  /** One line, for the list of commands. */
  readonly describe: string;
  /** `<url>` required, `[dir]` optional, `<words...>` any number. */
  readonly parameters?: readonly { readonly name: string; readonly describe: string }[];
  readonly options: readonly Option[];
  /** Complete command lines, and what each does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Its stderr is a log that programs read, unless it is a terminal: the error that ends the command is a line of it too. */
  readonly logs?: true;
  /** Import heavy modules inside `run`, so that `--help` does not load them. */
  run(context: Context): Promise<ExitStatus>;
}

/** A command whose module is loaded on demand. */
export interface CommandEntry {
  readonly name: string;
  load(): Promise<Command>;
}

export interface Option {
  /** `--config <file>`; commander's notation. */
  readonly flags: string;
  readonly describe: string;
  readonly default?: string;
  /** Parses the value; throws `UsageError` where it is invalid. */
  read?(value: string): unknown;
}

/** What a command gets to work with. */
export interface Context {
  /** Positional arguments, in order; omitted ones are missing. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly progress: Progress;
  /** Keeps these values out of all output from now on. */
  hide(secrets: readonly string[]): void;
  /** Whether results are read on a terminal. */
  readonly isTerminal: boolean;
  /** To stdout: results only. */
  print(text: string): void;
  /** Asks a question with yes or no; null: nobody is there to answer. */
  ask(question: string): Promise<boolean | null>;
  /** Prints a result: as JSON where `--json` was given, else in words. */
  show(result: unknown, inWords: () => string): void;
  /** Whether an option without a value was given. */
  flag(name: string): boolean;
  /** Calls `then` on every SIGHUP from now on. */
  onHangup(then: () => void): void;
  /** Ends the process even where an open handle would keep it alive. */
  exit(status: ExitStatus): void;
  /** An option's value as its `read` gave it; undefined: not given. */
  value<T = string>(name: string): T | undefined;
}
