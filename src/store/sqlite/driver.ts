/** A common interface of two SQLite bindings: node:sqlite where Node has it, else better-sqlite3. */
import { StoreError } from '../../model/errors.js';
import type { Value } from '../sql/database.js';

export interface Statement {
  run(...values: Value[]): { readonly changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

/** The methods used of both. */
export interface Driver {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): void;
}

/** Returns null where the binding is not available. */
export type Binding = () => Open | null | Promise<Open | null>;
export type Open = (path: string, mode: 'write' | 'read') => Driver;

/** A function that opens files with the first available binding. Rejects with STORE_DRIVER where there is none. */
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

/** The used part of node:sqlite, which the types of Node 20 do not declare. */
interface NodeSqlite {
  DatabaseSync: new (path: string, options: { readOnly: boolean }) => Driver;
}

export function builtIn(): Open | null {
  const sqlite = quietly(() => process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined);
  if (sqlite === undefined) return null;
  return (path, mode) => new sqlite.DatabaseSync(path, { readOnly: mode === 'read' });
}

/** Suppresses the warning of Node 22 on stderr that node:sqlite is experimental: our contract suite checks what we rely on. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** null where it is not installed or not built. */
export async function betterSqlite(): Promise<Open | null> {
  try {
    const { default: BetterSqlite } = await import('better-sqlite3');
    new BetterSqlite(':memory:').close(); // loads the native part
    return (path, mode) => new BetterSqlite(path, { readonly: mode === 'read' });
  } catch {
    return null;
  }
}
