/** Converts file system errors to error codes. */
import { type ErrorCode, NewsloomError, PublishError } from '../model/errors.js';

type PublishCode = Extract<ErrorCode, `PUBLISH_${string}`>;

const NOT_PERMITTED = [
  'PUBLISH_FAILED',
  'no permission to write the published folder: check its owner and mode, and those of its subfolders',
] as const;

const CODES: Readonly<Record<string, readonly [PublishCode, string]>> = {
  ENOSPC: ['PUBLISH_FULL', 'no space left for the published files: free disk space'],
  EDQUOT: ['PUBLISH_FULL', 'disk quota exceeded by the published files: raise the quota or delete files'],
  EFBIG: ['PUBLISH_FULL', 'a published file exceeds the file size limit'],
  EROFS: ['PUBLISH_FAILED', 'the published folder is on a read-only file system'],
  EACCES: NOT_PERMITTED,
  EPERM: NOT_PERMITTED,
};

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Returns a PublishError for a file system error, and any other error unchanged. */
export function toPublishError(error: unknown, dir: string): unknown {
  if (error instanceof NewsloomError || !isSystemError(error)) return error;
  const reason = error.code ?? '';
  const [code, text] = CODES[reason] ?? ['PUBLISH_FAILED', 'cannot write the published folder'];
  return new PublishError(code, `${dir}: ${text} (${error.message})`, {
    cause: error,
    details: { dir, reason },
  });
}

export async function withPublishErrors<R>(dir: string, work: () => R | Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw toPublishError(error, dir);
  }
}
