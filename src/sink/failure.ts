/** Converts errors of the file system to our error codes. New cases are added as rows. */
import { dirname } from 'node:path';
import { type ErrorCode, NewsloomError, PublishError } from '../model/errors.js';
import { belongsTo } from '../text/file-owner.js';
import { ownerIfAllowed } from './missing-files.js';

type PublishCode = Extract<ErrorCode, `PUBLISH_${string}`>;

const CODES: Readonly<Record<string, readonly [PublishCode, string]>> = {
  ENOSPC: ['PUBLISH_FULL', 'no room is left for the published files'],
  EDQUOT: ['PUBLISH_FULL', 'the quota leaves no room for the published files'],
  EFBIG: ['PUBLISH_FULL', 'a published file grew past the file size limit'],
  EROFS: ['PUBLISH_FAILED', 'the published folder is on a read-only file system'],
  EACCES: ['PUBLISH_FAILED', 'the published folder may not be written'],
  EPERM: ['PUBLISH_FAILED', 'the published folder may not be written'],
};

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Of the published folder, or the one in it; empty: they are our own, or nobody can tell. */
function ownerOf(dir: string, { path = dir }: NodeJS.ErrnoException): string {
  const own = process.geteuid?.(); // not on Windows
  if (own === undefined) return '';
  const uidOf = (folder: string) => ownerIfAllowed(folder) ?? own;
  const other = [dir, dirname(path)].find((folder) => uidOf(folder) !== own);
  return other === undefined ? '' : belongsTo(other === dir ? 'it' : other, uidOf(other)!, own);
}

/** The PublishError for an error of the file system; any other error is returned unchanged, since it is a bug. */
export function publishFailure(error: unknown, dir: string): unknown {
  if (error instanceof NewsloomError || !isSystemError(error)) return error;
  const reason = error.code ?? '';
  const [code, text] = CODES[reason] ?? ['PUBLISH_FAILED', 'the published folder could not be written'];
  const owner = reason === 'EACCES' || reason === 'EPERM' ? ownerOf(dir, error) : '';
  return new PublishError(code, `${dir}: ${text}${owner} (${error.message})`, {
    cause: error,
    details: { dir, reason },
  });
}
