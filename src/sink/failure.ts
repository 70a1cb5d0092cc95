/** Converts errors of the file system to our error codes. New cases are added as rows. */
import { type ErrorCode, NewsloomError, PublishError } from '../model/errors.js';

type PublishCode = Extract<ErrorCode, `PUBLISH_${string}`>;

const CLOSED = [
  'PUBLISH_FAILED',
  'no permission to write the published folder: check the owner and mode of it and the folders in it',
] as const;

const CODES: Readonly<Record<string, readonly [PublishCode, string]>> = {
  ENOSPC: ['PUBLISH_FULL', 'no room is left for the published files'],
  EDQUOT: ['PUBLISH_FULL', 'the quota leaves no room for the published files'],
  EFBIG: ['PUBLISH_FULL', 'a published file grew past the file size limit'],
  EROFS: ['PUBLISH_FAILED', 'the published folder is on a read-only file system'],
  EACCES: CLOSED,
  EPERM: CLOSED,
};

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** The PublishError for an error of the file system; any other error is returned unchanged, since it is a bug. */
export function publishFailure(error: unknown, dir: string): unknown {
  if (error instanceof NewsloomError || !isSystemError(error)) return error;
  const reason = error.code ?? '';
  const [code, text] = CODES[reason] ?? ['PUBLISH_FAILED', 'the published folder could not be written'];
  return new PublishError(code, `${dir}: ${text} (${error.message})`, {
    cause: error,
    details: { dir, reason },
  });
}

/** Runs `work` and converts its errors to PublishErrors. */
export async function withPublishErrors<R>(dir: string, work: () => R | Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw publishFailure(error, dir);
  }
}
