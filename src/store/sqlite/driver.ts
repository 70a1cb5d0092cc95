/** Common interface of two SQLite bindings: node:sqlite, with better-sqlite3 as the fallback. */
import { StoreError } from '../../model/errors.js';
import type { Value } from '../sql/database.js';

export interface Statement {
  run(...values: Value[]): { readonly changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

export interface Driver {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): void;
}

/** Returns null if the binding is not available. */
export type Binding = () => Open | null | Promise<Open | null>;
export type Open = (path: string, mode: 'write' | 'read') => Driver;

/** Opens files with the first available binding. Rejects with STORE_DRIVER without any. */
export async function findDriver(bindings: readonly Binding[] = [loadNodeSqlite, loadBetterSqlite]): Promise<Open> {
  for (const binding of bindings) {
    const open = await binding();
    if (open !== null) return open;
  }
  throw new StoreError(
    'STORE_DRIVER',
    'SQLite is not available: use Node 22.13 or newer, which includes it, or run `npm install better-sqlite3@12`',
  );
}

/** The used part of node:sqlite, which Node 20's types do not declare. */
interface NodeSqlite {
  DatabaseSync: new (path: string, options: { readOnly: boolean }) => Driver;
}

export function loadNodeSqlite(): Open | null {
  const sqlite = withoutWarnings(() => process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined);
  if (sqlite === undefined) return null;
  return (path, mode) => new sqlite.DatabaseSync(path, { readOnly: mode === 'read' });
}

/** Suppresses Node 22's warning that node:sqlite is experimental. */
function withoutWarnings<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** null: not installed or not built. */
export async function loadBetterSqlite(): Promise<Open | null> {
  try {
    const { default: BetterSqlite } = await import('better-sqlite3');
    new BetterSqlite(':memory:').close(); // loads the native part
    return (path, mode) => new BetterSqlite(path, { readonly: mode === 'read' });
  } catch {
    return null;
  }
}
