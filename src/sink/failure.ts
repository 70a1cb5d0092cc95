/** Converts errors of the file system to our error codes. New cases are added as rows. */
import { type ErrorCode, NewsloomError, PublishError } from '../model/errors.js';

type PublishCode = Extract<ErrorCode, `PUBLISH_${string}`>;

const CODES: Readonly<Record<string, readonly [PublishCode, string]>> = {
  ENOSPC: ['PUBLISH_FULL', 'no room is left for the published files'],
  EDQUOT: ['PUBLISH_FULL', 'the quota leaves no room for the published files'],
  EFBIG: ['PUBLISH_FULL', 'a published file grew past the file size limit'],
  EROFS: ['PUBLISH_FAILED', 'the published folder is on a read-only file system'],
  EACCES: ['PUBLISH_FAILED', 'the published folder may not be written'],
  EPERM: ['PUBLISH_FAILED', 'the published folder may not be written'],
};

/** The PublishError for an error of the file system; any other error is returned unchanged, since it is a bug. */
export function publishFailure(error: unknown, dir: string): unknown {
  if (error instanceof NewsloomError || !(error instanceof Error) || !('syscall' in error)) return error;
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [code, text] = CODES[reason] ?? ['PUBLISH_FAILED', 'the published folder could not be written'];
  return new PublishError(code, `${dir}: ${text} (${error.message})`, { cause: error, details: { dir, reason } });
}
