/** Interfaces of a command. Each command is one file of this folder and one line in `commands.ts`. */
import type { Logger } from '../observe/logger.js';
import type { Progress } from '../observe/progress.js';
import type { ExitStatus } from './exit.js';

export interface Command {
  /** As typed. Commands of a group have two words: `sources add`. */
  readonly name: string;
  readonly describe: string;
  /** `<url>` required, `[dir]` optional, `<words...>` any number. */
  readonly parameters?: readonly { readonly name: string; readonly describe: string }[];
  readonly options: readonly Option[];
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Its stderr consists of JSON lines, unless it is a terminal. That includes the error that ends the command. */
  readonly logs?: true;
  /** Import heavy modules inside `run`, so that `--help` does not load them. */
  run(context: Context): Promise<ExitStatus>;
}

export interface CommandEntry {
  readonly name: string;
  load(): Promise<Command>;
}

export interface Option {
  /** `--config <file>`, in commander's notation. */
  readonly flags: string;
  readonly describe: string;
  readonly default?: string;
  /** Parses the value; throws `UsageError` if it is invalid. */
  read?(value: string): unknown;
}

export interface Context {
  /** Positional arguments in order. Omitted ones are missing. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly progress: Progress;
  /** Redacts these values in all output from now on. */
  hide(secrets: readonly string[]): void;
  readonly isTerminal: boolean;
  print(text: string): void;
  /** Asks a yes-or-no question; null without a terminal. */
  ask(question: string): Promise<boolean | null>;
  /** Prints a result as JSON with `--json`, else as text. */
  show(result: unknown, inWords: () => string): void;
  flag(name: string): boolean;
  onHangup(then: () => void): void;
  /** Ends the process even if an open handle would keep it alive. */
  exit(status: ExitStatus): void;
  /** The result of the option's `read`; undefined if it was not given. */
  value<T = string>(name: string): T | undefined;
}
