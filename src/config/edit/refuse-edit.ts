/** The error of an edit that would lose something or cannot be written. */
import { ConfigError } from '../../model/errors.js';

/** `path`: the config key that the error is about; empty for the whole file. */
export function refuseEdit(file: string, path: string, message: string): never {
  throw new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path, message }]);
}
