/** Every deliberately thrown error, and the table of error codes. */

interface CodeRow {
  readonly kind: 'config' | 'fetch' | 'parse' | 'store' | 'publish';
  /** Whether repeating the same request later may succeed. */
  readonly retry: boolean;
}

/** Codes are public API: add, never rename. */
export const ERROR_CODES = {
  CONFIG_MISSING: { kind: 'config', retry: false },
  CONFIG_INVALID: { kind: 'config', retry: false },
  FETCH_TIMEOUT: { kind: 'fetch', retry: true },
  FETCH_PROTOCOL: { kind: 'fetch', retry: true },
  FETCH_TOO_LARGE: { kind: 'fetch', retry: true },
  FETCH_ENCODING: { kind: 'fetch', retry: true },
  FETCH_REDIRECT: { kind: 'fetch', retry: true },
  FETCH_FORBIDDEN: { kind: 'fetch', retry: true },
  FETCH_NETWORK: { kind: 'fetch', retry: true },
  FETCH_DNS: { kind: 'fetch', retry: true },
  FETCH_TLS: { kind: 'fetch', retry: true },
  FETCH_RATE_LIMITED: { kind: 'fetch', retry: true },
  FETCH_BLOCKED: { kind: 'fetch', retry: true },
  FETCH_STATUS: { kind: 'fetch', retry: true },
  FETCH_ROBOTS: { kind: 'fetch', retry: true },
  FETCH_UNANSWERED: { kind: 'fetch', retry: true },
  FETCH_FILE: { kind: 'fetch', retry: true },
  PARSE_UNRECOGNIZED: { kind: 'parse', retry: true },
  PARSE_MALFORMED: { kind: 'parse', retry: true },
  PARSE_NO_ITEMS: { kind: 'parse', retry: true },
  PARSE_LIMIT: { kind: 'parse', retry: true },
  PARSE_TIMEOUT: { kind: 'parse', retry: true },
  PARSE_CRASHED: { kind: 'parse', retry: true },
  STORE_LOCKED: { kind: 'store', retry: true },
  STORE_BUSY: { kind: 'store', retry: true },
  STORE_CORRUPT: { kind: 'store', retry: false },
  STORE_FULL: { kind: 'store', retry: true },
  STORE_FAILED: { kind: 'store', retry: true },
  STORE_REFUSED: { kind: 'store', retry: true },
  STORE_VERSION: { kind: 'store', retry: false },
  STORE_DRIVER: { kind: 'store', retry: false },
  STORE_RESTORE: { kind: 'store', retry: false },
  STORE_NOT_EMPTY: { kind: 'store', retry: false },
  PUBLISH_REFUSED: { kind: 'publish', retry: true },
  PUBLISH_FAILED: { kind: 'publish', retry: true },
  PUBLISH_OVERTAKEN: { kind: 'publish', retry: true },
  PUBLISH_FULL: { kind: 'publish', retry: true },
} as const satisfies Record<string, CodeRow>;

export type ErrorCode = keyof typeof ERROR_CODES;
type CodeOf<Kind> = { [C in ErrorCode]: (typeof ERROR_CODES)[C]['kind'] extends Kind ? C : never }[ErrorCode];

export type ErrorDetails = Readonly<Record<string, unknown>>;

/** Base class of all deliberately thrown errors. Any other error is a bug. */
export abstract class NewsloomError extends Error {
  readonly code: ErrorCode;
  /** Machine-readable facts. `details.reason` is more specific than the code. */
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const { kind } = ERROR_CODES[code];
    this.name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Error`; // not the class's: a bundler may shorten that
    this.code = code;
    this.details = options.details ?? {};
  }

  get retry(): boolean {
    return ERROR_CODES[this.code].retry;
  }
}

type Options = { cause?: unknown; details?: ErrorDetails };

/** One error in the config files. `line` and `column` count from 1; 0: no position. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `sources[3].url`; empty: the whole file. */
  readonly path: string;
  readonly message: string;
  /** The missing environment variable, if it is the only error. */
  readonly unset?: string;
}

/** Lists all errors in the config at once. */
export class ConfigError extends NewsloomError {
  readonly problems: readonly ConfigProblem[];
  constructor(code: CodeOf<'config'>, problems: readonly ConfigProblem[], options: Options = {}) {
    super(code, problems.map(formatProblem).join('\n'), options);
    this.problems = problems;
  }
}

/** `config/sources.yaml:12:8 sources[3].url: not an absolute http(s) URL ("example.org/rss")` */
export function formatProblem(problem: ConfigProblem): string {
  const at = problem.line === 0 ? `${problem.file}:` : `${problem.file}:${problem.line}:${problem.column}`;
  return problem.path === '' ? `${at} ${problem.message}` : `${at} ${problem.path}: ${problem.message}`;
}

export class FetchError extends NewsloomError {
  constructor(code: CodeOf<'fetch'>, message: string, options: Options = {}) {
    super(code, message, options);
  }
}
export class ParseError extends NewsloomError {
  constructor(code: CodeOf<'parse'>, message: string, options: Options = {}) {
    super(code, message, options);
  }
}
export class StoreError extends NewsloomError {
  constructor(code: CodeOf<'store'>, message: string, options: Options = {}) {
    super(code, message, options);
  }
}
export class PublishError extends NewsloomError {
  constructor(code: CodeOf<'publish'>, message: string, options: Options = {}) {
    super(code, message, options);
  }
}
