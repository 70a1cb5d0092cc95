// Renders schema/newsloom.schema.json, for completion and validation in text editors.

/** Annotations used only by the generated docs. */
const DOC_ANNOTATIONS = ['defaultText', 'typeText'];

/** Depth of config keys: `properties`, section, `properties`, key. */
const DEPTH_OF_KEYS = 4;

/**
 * JSON Schema 2020-12.
 *
 * @param {import('../src/config/json-schema.js').JsonSchema} annotated - the result of `annotatedSchema`
 */
export function jsonSchema({ $schema, ...rest }) {
  const titled = { $schema, title: 'newsloom config', ...rest };
  const published = (key, value) => (DOC_ANNOTATIONS.includes(key) ? undefined : value);
  return `${inLines(JSON.parse(JSON.stringify(titled, published)), DEPTH_OF_KEYS)}\n`;
}

/** Writes one line per config key. Full indentation would enlarge the package by a third and clutter diffs. */
function inLines(value, depth) {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inLines(inner, depth - 1)}`);
  return `{\n${entries.join(',\n')}\n}`;
}
