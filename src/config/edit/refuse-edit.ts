/** The error of an edit that would lose something, or cannot be written. */
import { ConfigError } from '../../model/errors.js';

/** `path`: the key of the config that it is about; empty: the whole file. */
export function refuseEdit(file: string, path: string, message: string): never {
  throw new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path, message }]);
}
