/**
 * What articles keep until they are minted, in a table of its own: three quarters of the row of an article, which is
 * written again when it gets its id and when it gets its channels.
 */
export const pending = `
-- a row for each article without an id
CREATE TABLE pending (
  ref INTEGER PRIMARY KEY,
  mint_only INTEGER NOT NULL,
  guid TEXT,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  addresses TEXT NOT NULL,            -- JSON list: the values of its address keys
  names TEXT NOT NULL                 -- JSON, ArticleKey[]: its other keys
);
INSERT INTO pending
  SELECT ref, json_extract(pending, '$.mintOnly'), json_extract(pending, '$.guid'), json_extract(pending, '$.url'),
    json_extract(pending, '$.title'),
    (SELECT json_group_array(json_extract(value, '$.value')) FROM json_each(pending, '$.keys')
      WHERE json_extract(value, '$.kind') = 'url'),
    (SELECT json_group_array(json(value)) FROM json_each(pending, '$.keys')
      WHERE json_extract(value, '$.kind') <> 'url')
  FROM article WHERE pending IS NOT NULL;
DROP INDEX article_pending;
ALTER TABLE article DROP COLUMN pending;
`;
