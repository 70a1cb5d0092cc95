/** What a command is: one file of this folder, and one line in `commands.ts`. */
import type { Logger } from '../observe/logger.js';
import type { Progress } from '../observe/progress.js';
import type { ExitStatus } from './exit.js';

export interface Command {
  /** As it is typed; of a group two words: `sources add`. */
  readonly name: string;
  /** One line, for the list of commands. */
  readonly describe: string;
  /** `<url>` required, `[dir]` optional, `<words...>` any number. */
  readonly parameters?: readonly { readonly name: string; readonly describe: string }[];
  readonly options: readonly Option[];
  /** Whole command lines, with what each is for. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Heavy modules are imported in here, so that `--help` loads none. */
  run(context: Context): Promise<ExitStatus>;
}

/** A command whose module is loaded when it is needed. */
export interface CommandEntry {
  readonly name: string;
  load(): Promise<Command>;
}

export interface Option {
  /** `--config <file>`; commander's notation. */
  readonly flags: string;
  readonly describe: string;
  readonly default?: string;
  /** Reads the value; throws `UsageError` with what is wrong with it. */
  read?(value: string): unknown;
}

/** All that a command sees of the world. */
export interface Context {
  /** Parameters, in order; those left out are missing. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly progress: Progress;
  /** To stdout: results only. */
  print(text: string): void;
  /** Prints a result: as JSON where `--json` was given, else in words. */
  show(result: unknown, inWords: () => string): void;
  /** Whether an option without a value was given. */
  flag(name: string): boolean;
  /** Calls `then` with every SIGHUP from now on. */
  onHangup(then: () => void): void;
  /** Ends the process where something that was left behind would keep it alive. */
  exit(status: ExitStatus): void;
  /** An option's value as its `read` gave it; undefined: not given. */
  value<T = string>(name: string): T | undefined;
}
