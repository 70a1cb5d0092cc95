/** Running a program of the editor: lines in, lines out. */

export interface CommandCall {
  /** The program and its arguments. */
  readonly run: readonly string[];
  /** Variables beside the few that every program gets. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What it reads, a line each. */
  readonly lines: readonly string[];
}

export interface CommandResult {
  /** Complete lines that it wrote by its end, whatever that was. */
  readonly lines: readonly string[];
  /** The end of what it wrote to its standard error, cut. */
  readonly said: string;
  /** Why it counts as failed: not found, an exit status, too slow, too much; null: it ended well. */
  readonly failure: string | null;
}

export interface CommandRunner {
  /** Never rejects for what the program does. Rejects with the signal's reason; the program is ended then, or not started. */
  run(call: CommandCall, signal: AbortSignal): Promise<CommandResult>;
}
