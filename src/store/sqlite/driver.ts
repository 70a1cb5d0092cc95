/** The two SQLite bindings behind the few calls that we use: node:sqlite where Node brings it, else better-sqlite3. */
import { StoreError } from '../../model/errors.js';

export type Value = string | number | null | Uint8Array;

export interface Statement {
  run(...values: Value[]): { readonly changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

/** What both bindings have in common. */
export interface Driver {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): void;
}

/** Answers null where this Node does not have it. */
export type Binding = () => Open | null | Promise<Open | null>;
export type Open = (path: string, mode: 'write' | 'read') => Driver;

/** How to open a file with the first binding that is there. Fails with STORE_DRIVER where this Node has neither. */
export async function findDriver(bindings: readonly Binding[] = [builtIn, betterSqlite]): Promise<Open> {
  for (const binding of bindings) {
    const open = await binding();
    if (open !== null) return open;
  }
  throw new StoreError(
    'STORE_DRIVER',
    'no SQLite here: use Node 22.13 or newer, which brings its own, or run `npm install better-sqlite3@12`',
  );
}

/** The part of node:sqlite that we use; the types of Node 20 do not know the module. */
interface NodeSqlite {
  DatabaseSync: new (path: string, options: { readOnly: boolean }) => Driver;
}

/** node:sqlite; null before Node 22.13. */
export function builtIn(): Open | null {
  const sqlite = quietly(() => process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined);
  if (sqlite === undefined) return null;
  return (path, mode) => new sqlite.DatabaseSync(path, { readOnly: mode === 'read' });
}

/** Node 22 warns that node:sqlite is experimental, on stderr and in every run; our contract suite stands in for its promise. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** better-sqlite3; null where it is not installed or was not built. */
export async function betterSqlite(): Promise<Open | null> {
  try {
    const { default: BetterSqlite } = await import('better-sqlite3');
    new BetterSqlite(':memory:').close(); // the native part loads only now
    return (path, mode) => new BetterSqlite(path, { readonly: mode === 'read' });
  } catch {
    return null;
  }
}
