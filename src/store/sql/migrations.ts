/** The steps of the schema. A step must not change once it is released; all databases take the same ones, each in its own words. */
import {
  editsSchema,
  enrichmentSchema,
  firstSchema,
  fullTextsSchema,
  namedIconsSchema,
  objectsSchema,
  outboxSchema,
  picturesSchema,
  storyAliasesSchema,
  storyKeysSchema,
  vectorsOfMembers,
} from './schema.js';

export const migrations: readonly string[] = [
  firstSchema,
  vectorsOfMembers,
  editsSchema,
  storyAliasesSchema,
  picturesSchema,
  outboxSchema,
  objectsSchema,
  enrichmentSchema,
  fullTextsSchema,
  storyKeysSchema,
  namedIconsSchema,
];
