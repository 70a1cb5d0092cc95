/** Failures of the file system that only say: it is not there. For `catch`. */

export function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'])) throw error;
}

/** For removing a folder that may hold something. */
export function ignoreFilled(error: unknown): undefined {
  if (!hasCode(error, ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'])) throw error;
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
