/** Exit statuses, and which error leads to which. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, ERROR_CODES, type ErrorCode, NewsloomError } from '../model/errors.js';

/** Public: scripts and CI rely on them. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  /** `--strict`: at least one source failed; the rest was published. */
  strict: 3,
  /** None of the sources could be read. */
  noSource: 4,
  /** Publishing failed, or the store cannot be used. */
  publish: 5,
  /** Another process has the store. */
  locked: 6,
  /** Stopped by SIGINT or SIGTERM (128 + SIGINT's number, the shells' convention). */
  interrupted: 130,
  config: 78,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage that the argument parser cannot detect. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Throws UsageError for the first of `ids` that is unknown. */
export function requireKnown(kind: string, ids: readonly string[], known: readonly { readonly id: string }[]): void {
  const all = known.map(({ id }) => id);
  const unknown = ids.find((id) => !all.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(`no ${kind} has the id "${unknown}"; there are ${all.join(', ') || 'none'}`);
}

const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'the port needs more rights',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
};

/** Rethrows an error of `listen`; a UsageError that names `options` where another port or address would help. */
export function throwPortProblem(
  error: NodeJS.ErrnoException & { readonly port?: number },
  host: string,
  options: string,
): never {
  const why =
    error.syscall === 'listen' || error.syscall === 'getaddrinfo' ? PORT_PROBLEMS[error.code ?? ''] : undefined;
  if (why === undefined) throw error;
  throw new UsageError(`${host}:${error.port ?? ''}: ${why}; choose another with ${options}`);
}

const BY_KIND = {
  config: EXIT.config,
  fetch: EXIT.noSource,
  parse: EXIT.noSource,
  store: EXIT.publish,
  publish: EXIT.publish,
} as const;

const BY_CODE: Partial<Record<ErrorCode, ExitStatus>> = { STORE_LOCKED: EXIT.locked };

/** Any error that is not thrown on purpose is a bug. */
export function exitStatusOf(error: unknown): ExitStatus {
  if (error instanceof UsageError) return EXIT.usage;
  if (!(error instanceof NewsloomError)) return EXIT.bug;
  return BY_CODE[error.code] ?? BY_KIND[ERROR_CODES[error.code].kind];
}

/** Hints by error code. */
const ADVICE_BY_CODE: Partial<Record<ErrorCode, string>> = {
  STORE_LOCKED: 'wait for the other run to end, or stop it; a worker too, to build by hand',
  STORE_CORRUPT:
    'newsloom build puts it aside and restores it from what is published; where nothing is, put it aside and begin anew',
  STORE_RESTORE: 'restore needs an empty store (see store.path) and an edition of this site where it is published',
  STORE_NOT_EMPTY:
    'move what is there away (of a file with all beside it: mv newsloom.db* …), or name another file or schema',
  STORE_FULL: 'free some disk space; nothing was published',
  PUBLISH_OVERTAKEN:
    'the next run looks at what is there, and completes it; see that only one newsloom publishes there',
  PUBLISH_FULL: 'free some disk space; the published edition is unchanged',
  PUBLISH_REFUSED: 'if it is as it should be: newsloom build --force-publish',
};

/** The path of a document of the package, from where one is. */
export function docsPath(name: string): string {
  return relative('', fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)));
}

/** Where an error code is explained. */
function docsOf(code: ErrorCode): string {
  return `${docsPath('troubleshooting.md')}#${code.toLowerCase()}`;
}

/** The message; a config error has one line per mistake. On a terminal it names where its code is explained. */
export function describeError(error: NewsloomError | UsageError, where: 'for people' | 'plain' = 'plain'): string {
  if (error instanceof UsageError) return `newsloom: ${error.message}`;
  const listsMistakes = error.code === 'CONFIG_INVALID';
  const lines = listsMistakes ? [error.message] : codedLines(error);
  const code = listsMistakes ? `${error.code}: ` : '';
  return [...lines, ...(where === 'plain' ? [] : [`  ${code}${docsOf(error.code)}`])].join('\n');
}

function codedLines(error: NewsloomError): string[] {
  const advice = ADVICE_BY_CODE[error.code];
  const said = `newsloom: ${error.message} (${error.code})`;
  return advice === undefined ? [said] : [said, `  ${advice}`];
}

interface ErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly [more: string]: unknown };
}

/** What `--json` prints instead of a result. */
export function errorDocument(error: unknown): ErrorDocument {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return { error: { code: 'USAGE', message } };
  if (!(error instanceof NewsloomError)) return { error: { code: 'BUG', message } };
  const { code } = error;
  const more = error instanceof ConfigError ? { problems: error.problems } : { advice: ADVICE_BY_CODE[code] };
  return { error: { code, message, ...more } };
}
