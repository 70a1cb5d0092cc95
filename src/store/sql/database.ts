/**
 * What the repositories need of a database. Their SQL is what SQLite and PostgreSQL have in common, with `?` for values; the few things
 * that each says in its own words are in `Dialect`.
 */

export type Value = string | number | null | Uint8Array;

/** SQL that differs between the databases. */
export interface Dialect {
  /** JSON text of a part of a JSON column, null where it is missing: `part('text', 'attribution', 'authors')`. */
  part(column: string, ...path: readonly string[]): string;
  /** A table of the elements of a JSON list of whole numbers, to be joined: `FROM article CROSS JOIN ${numbersIn('channels')}`; its column is `item.value`, text or number. */
  numbersIn(column: string): string;
  /** A condition: whether a column holds the text of the next `?`. */
  contains(column: string): string;
}

/**
 * One connection. Its methods are for one task at a time: whoever begins a transaction waits for its end before another uses the
 * connection (`createSerialQueue` in `store.ts`).
 */
export interface Database {
  readonly dialect: Dialect;
  /** Rows that one `INSERT` should have at most. */
  readonly rowsAtOnce: number;

  /** For a statement whose outcome nobody waits for: it is carried out before all that follows; where it fails, so does the transaction. Only inside of `write`. */
  run(sql: string, ...values: readonly Value[]): void;
  /** Number of rows that the statement changed. */
  change(sql: string, ...values: readonly Value[]): Promise<number>;
  get<Row>(sql: string, ...values: readonly Value[]): Promise<Row | undefined>;
  all<Row>(sql: string, ...values: readonly Value[]): Promise<Row[]>;
  /** Rows of one statement for each set of values, in the order of these. */
  allOfEach<Row>(sql: string, sets: readonly (readonly Value[])[]): Promise<Row[][]>;
  /** Rows of a query that ends in `IN`, for any number of values, each found once; in no order. `first`: values of `?` before. */
  allIn<Row>(sql: string, values: readonly (string | number)[], ...first: readonly Value[]): Promise<Row[]>;

  /** Runs `work` in a write transaction, which is rolled back where it rejects. */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` on a consistent snapshot of the database. */
  read<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until what `run` was given needs no memory here any more. */
  drain(): Promise<void>;

  /** The last number that a table gave to a row of its own accord. */
  lastNumber(table: string): Promise<number>;
  /** The next row of a table gets a higher number. Call in a transaction. */
  numberFrom(table: string, last: number): Promise<void>;

  /** Resolves once all that was committed survives a power cut. */
  sync(): Promise<void>;
  /** Leaves nothing of what was deleted or overwritten in the database's own files. Not in a transaction. */
  eraseDeleted(): Promise<void>;
  /** Rejects with STORE_CORRUPT where the database finds itself damaged. */
  requireIntact(): Promise<void>;
}
