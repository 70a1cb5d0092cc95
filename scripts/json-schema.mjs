// Makes the JSON Schemas of the config files, for completion and validation in text editors.

/** Annotations used only by the generated docs and by reviews. */
const DOC_ANNOTATIONS = ['defaultText', 'typeText', 'trust'];

/** Keys of the config whose list may be in a file of its own. */
const LISTS = ['sources', 'topics', 'desk'];

/** Each key of the config has its own line: an indented schema is a third larger. */
const DEPTH_IN_CONFIG = 4; // properties, a section, properties, a key
const DEPTH_IN_LIST = 3; // items, properties, a key

/**
 * JSON Schemas 2020-12: the text of each file in schema/, by its name.
 *
 * @param {import('../src/config/json-schema.js').JsonSchema} annotated - the result of `annotatedSchema`
 * @returns {Record<string, string>}
 */
export function configSchemas({ $schema, ...rest }) {
  const lists = LISTS.map((key) => {
    const list = rest.properties[key].anyOf.find(({ items }) => items !== undefined);
    return [`${key}.schema.json`, schemaText({ $schema, title: `newsloom ${key}`, ...list }, DEPTH_IN_LIST)];
  });
  const config = schemaText({ $schema, title: 'newsloom config', ...rest }, DEPTH_IN_CONFIG);
  return Object.fromEntries([['newsloom.schema.json', config], ...lists]);
}

function schemaText(schema, depth) {
  const published = (key, value) => (DOC_ANNOTATIONS.includes(key) ? undefined : value);
  return `${toLines(JSON.parse(JSON.stringify(schema, published)), depth)}\n`;
}

function toLines(value, depth) {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${toLines(inner, depth - 1)}`);
  return `{\n${entries.join(',\n')}\n}`;
}
