/** What a run lays aside. */

/** Bytes that a run needs again and has no memory for. */
export interface Scratch {
  /** Where they lie now; null: there is no room. */
  write(bytes: Uint8Array): number | null;
  /** Fills `into` with what was written from there on. */
  read(into: Uint8Array, at: number): void;
  /** Gives the room back. */
  close(): void;
}
