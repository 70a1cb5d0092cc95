/** Runs a program that the editor configured: lines in, lines out. */

export interface CommandCall {
  readonly run: readonly string[];
  /** Variables in addition to the minimal environment of every program. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Lines written to its standard input. */
  readonly lines: readonly string[];
}

export interface CommandResult {
  /** Complete lines of its standard output, also when it failed. */
  readonly lines: readonly string[];
  /** The end of its standard error, truncated. */
  readonly said: string;
  /** Why it failed: not found, exit status, timeout, too much output; null: success. */
  readonly failure: string | null;
}

export interface CommandRunner {
  /** Resolves even if the program fails. Rejects with the signal's reason when aborted, after ending the program. */
  run(call: CommandCall, signal: AbortSignal): Promise<CommandResult>;
}
