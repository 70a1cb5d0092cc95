/**
 * What articles keep until they are minted, in a table of its own: three quarters of the row of an article, which is
 * written again when it gets its id and when it gets its channels.
 */
export const pending = `
-- said: JSON { mintOnly, guid, url, title, keys }; a row for each article without an id
CREATE TABLE pending (ref INTEGER PRIMARY KEY, said TEXT NOT NULL);
INSERT INTO pending SELECT ref, pending FROM article WHERE pending IS NOT NULL;
DROP INDEX article_pending;
ALTER TABLE article DROP COLUMN pending;
`;
