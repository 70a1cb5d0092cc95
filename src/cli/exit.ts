/** Exit statuses, and the errors that lead to them. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, ERROR_CODES, type ErrorCode, NewsloomError } from '../model/errors.js';

/** Public: scripts and CI rely on them. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  /** `--strict`: at least one source failed. The rest is published. */
  strict: 3,
  noSource: 4,
  publish: 5,
  /** Another process holds the lock of the store. */
  locked: 6,
  /** Stopped by SIGINT or SIGTERM (128 + the number of SIGINT, by shell convention). */
  interrupted: 130,
  config: 78,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function requireKnown(kind: string, ids: readonly string[], known: readonly { readonly id: string }[]): void {
  const all = known.map(({ id }) => id);
  const unknown = ids.find((id) => !all.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(`unknown ${kind} "${unknown}"; known: ${all.join(', ') || 'none'}`);
}

const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is already in use',
  EACCES: 'no permission to use this port',
  EADDRNOTAVAIL: 'the address does not belong to this machine',
  ENOTFOUND: 'the address does not belong to this machine',
};

/** Rethrows an error of `listen`, as a UsageError if another port or address would help. */
export function throwPortProblem(
  error: NodeJS.ErrnoException & { readonly port?: number },
  host: string,
  options: string,
): never {
  const why =
    error.syscall === 'listen' || error.syscall === 'getaddrinfo' ? PORT_PROBLEMS[error.code ?? ''] : undefined;
  if (why === undefined) throw error;
  throw new UsageError(`cannot listen on ${host}:${error.port ?? ''}: ${why}; choose another with ${options}`);
}

const STATUS_PER_KIND = {
  config: EXIT.config,
  fetch: EXIT.noSource,
  parse: EXIT.noSource,
  store: EXIT.publish,
  publish: EXIT.publish,
} as const;

const STATUS_PER_CODE: Partial<Record<ErrorCode, ExitStatus>> = { STORE_LOCKED: EXIT.locked };

/** Unexpected errors count as bugs. */
export function toExitStatus(error: unknown): ExitStatus {
  if (error instanceof UsageError) return EXIT.usage;
  if (!(error instanceof NewsloomError)) return EXIT.bug;
  return STATUS_PER_CODE[error.code] ?? STATUS_PER_KIND[ERROR_CODES[error.code].kind];
}

const ADVICE: Partial<Record<ErrorCode, string>> = {
  STORE_LOCKED: 'wait for the other run to end; if it is a worker, stop the worker',
  STORE_CORRUPT:
    'run "newsloom build": it sets the store aside and restores it from the published edition; without an edition, move the store away and start again',
  STORE_RESTORE: 'restore needs an empty store (see store.path) and a published edition of this site',
  STORE_NOT_EMPTY:
    'name another file or schema, or move the existing one away (a file with its companions: mv newsloom.db* …)',
  STORE_FULL: 'free some disk space; nothing was published',
  PUBLISH_OVERTAKEN: 'the next run completes the published edition; make sure that only one newsloom publishes there',
  PUBLISH_FULL: 'free some disk space; the published edition is unchanged',
  PUBLISH_REFUSED: 'if this is intended, run: newsloom build --force-publish',
};

/** Path of a document of the package, relative to the working directory. */
export function resolveDocsPath(name: string): string {
  return relative('', fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)));
}

function locateErrorDocs(code: ErrorCode): string {
  return `${resolveDocsPath('troubleshooting.md')}#${code.toLowerCase()}`;
}

/** A config error has one line per problem. For people, it also names the document that explains the code. */
export function describeError(error: NewsloomError | UsageError, where: 'for people' | 'plain' = 'plain'): string {
  if (error instanceof UsageError) return `newsloom: ${error.message}`;
  const listsMistakes = error.code === 'CONFIG_INVALID';
  const lines = listsMistakes ? [error.message] : formatCodedError(error);
  const code = listsMistakes ? `${error.code}: ` : '';
  return [...lines, ...(where === 'plain' ? [] : [`  ${code}${locateErrorDocs(error.code)}`])].join('\n');
}

function formatCodedError(error: NewsloomError): string[] {
  const advice = ADVICE[error.code];
  const firstLine = `newsloom: ${error.message} (${error.code})`;
  return advice === undefined ? [firstLine] : [firstLine, `  ${advice}`];
}

interface ErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly [more: string]: unknown };
}

export function toErrorDocument(error: unknown): ErrorDocument {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return { error: { code: 'USAGE', message } };
  if (!(error instanceof NewsloomError)) return { error: { code: 'BUG', message } };
  const { code } = error;
  const more = error instanceof ConfigError ? { problems: error.problems } : { advice: ADVICE[code] };
  return { error: { code, message, ...more } };
}
