/** Database interface of the repositories. Their SQL suits SQLite and PostgreSQL, with `?` for values and `Dialect` for the rest. */

export type Value = string | number | null | Uint8Array;

export interface Dialect {
  /** JSON text of a part of a JSON column; null if missing. Example: `part('text', 'attribution', 'authors')`. */
  part(column: string, ...path: readonly string[]): string;
  /** Joinable table of the integers in a JSON list, `item.value` (text or number): `CROSS JOIN ${expandNumbers('channels')}`. */
  expandNumbers(column: string): string;
  /** A condition: the column contains the text of the next `?`. */
  contains(column: string): string;
  /** A condition: the column is like the pattern of the next `?`, whatever the case of its letters (in SQLite, of ASCII letters). */
  isLike(column: string): string;
}

/** One connection for one task at a time: a transaction must end before another task starts (`createSerialQueue` in `store.ts`). */
export interface Database {
  readonly dialect: Dialect;
  /** Maximum number of rows per `INSERT`. */
  readonly rowsAtOnce: number;

  /** Queues a statement before all later ones without waiting. If it fails, the transaction fails. Only in `write`. */
  run(sql: string, ...values: readonly Value[]): void;
  change(sql: string, ...values: readonly Value[]): Promise<number>;
  get<Row>(sql: string, ...values: readonly Value[]): Promise<Row | undefined>;
  all<Row>(sql: string, ...values: readonly Value[]): Promise<Row[]>;
  /** Rows of one statement for each set of values, in their order. */
  allBatched<Row>(sql: string, sets: readonly (readonly Value[])[]): Promise<Row[][]>;
  /** Rows of a query that ends in `IN`, for any number of distinct values, unordered. `first`: values of earlier `?`. */
  allMatching<Row>(sql: string, values: readonly (string | number)[], ...first: readonly Value[]): Promise<Row[]>;

  /** Runs `work` in a write transaction, and rolls back if it rejects. */
  write<T>(work: () => Promise<T>): Promise<T>;
  read<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until the statements of `run` no longer use memory. */
  drain(): Promise<void>;

  /** The last number that the database assigned to a row of a table. */
  lastNumber(table: string): Promise<number>;
  continueNumbering(table: string, last: number): Promise<void>;

  /** Resolves once all committed data survives a power failure. */
  sync(): Promise<void>;
  /** Wipes deleted and overwritten data from the database's files. Not in a transaction. */
  eraseDeleted(): Promise<void>;
  requireIntact(): Promise<void>;
}
