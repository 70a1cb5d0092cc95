/** What is remembered of each source's last document, beside its state: read only where a new document comes. */
export const memory = `
CREATE TABLE memory (
  source TEXT PRIMARY KEY,
  document TEXT NOT NULL              -- JSON, a DocumentMemory with the keys of its items as hashes
);
`;
