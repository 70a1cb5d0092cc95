/** Addresses of databases, and the variable that one is taken from whole, as hosts give them. */
import { isAddress } from '../model/address.js';

export function isDatabaseUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && isAddress(value);
}

/** `${DATABASE_URL}` → `DATABASE_URL`; null: it is not all of what is written. */
export function variableOf(written: string | undefined): string | null {
  return /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(written ?? '')?.[1] ?? null;
}
