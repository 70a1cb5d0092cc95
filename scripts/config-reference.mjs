// Generates docs/config.md from the schema: every key with its type, default and description.

const HEAD = `# Config reference

<!-- Made from src/config/schema.ts by "npm run docs"; edits belong there. -->

One YAML file, by default \`config/newsloom.yaml\`. Only \`site.title\`, \`site.url\` and \`sources\` are required.

- **Other files.** \`sources\` and \`topics\` may instead name a file beside this one: \`sources: sources.yaml\`. Decisions about individual articles go into \`config/desk.yaml\`, if that file exists: a list of entries with the keys of \`desk[]\`.
- **Paths.** Every other relative path starts at the site's root: the folder of the config file, or its parent if that folder is called \`config\`.
- **Environment.** \`\${NAME}\` in a value is read from the environment. An unset variable is an error. Read-only commands (\`preview\`, \`topics test\`, \`explain\`, \`desk\` …) ignore unset variables in \`announce\`, \`enrich\` and \`sources\`. Values are never printed. Write \`$\${\` for a literal \`\${\`, as \`sources add\` and \`sources import\` do.
- **Durations** are a number and \`ms\`, \`s\`, \`m\`, \`h\`, \`d\` or \`w\`: \`30m\`. **Sizes** are a number and \`kB\`, \`MB\`, \`GB\` (by thousands) or \`KiB\`, \`MiB\`, \`GiB\`: \`10MB\`.
- **Errors.** \`newsloom check\` lists all of them, each as \`file:line:column path: what is wrong\`. No command changes anything until all errors are fixed. It also names keys that have no effect yet.
- **Completion.** Editors with a YAML language server complete and check a file that begins with \`# yaml-language-server: $schema=../schema/newsloom.schema.json\`. \`sources.schema.json\`, \`topics.schema.json\` and \`desk.schema.json\` are for the lists. \`newsloom init\` writes all four into \`schema/\`. \`newsloom schema\` prints the schema of the config, \`newsloom schema sources\` that of a list.
`;

/** `schema`: the result of `annotatedSchema` in src/config/json-schema.ts. */
export function configReference(schema) {
  const { properties = {}, required = [] } = schema;
  const loose = [];
  const sections = [];
  for (const [key, schema] of Object.entries(properties)) {
    const nested = findSectionSchema(schema);
    if (nested === null) loose.push(...rows(key, schema, required.includes(key)));
    else sections.push(section(key, schema, nested));
  }
  return [HEAD, ...sections, `## Other keys\n\n${table(loose)}`].join('\n');
}

/** Object schema of a section: the key's own, or that of its items. */
function findSectionSchema(schema) {
  const list = schema.anyOf?.find((one) => one.items !== undefined);
  if (list?.items?.properties !== undefined) return list.items;
  return schema.properties === undefined ? null : schema;
}

function section(key, schema, nested) {
  const listed = nested === schema ? '' : '[]';
  const inner = Object.entries(nested.properties ?? {});
  const found = inner.flatMap(([name, one]) => rows(`${key}${listed}.${name}`, one, nested.required?.includes(name)));
  return `## \`${key}\`\n\n${schema.description}\n\n${table(found)}`;
}

function table(found) {
  return `| key | type | default | meaning |\n|---|---|---|---|\n${found.join('\n')}\n`;
}

/** One row for the key, and one for each nested key. */
function rows(path, schema, required = false) {
  const row = `| \`${path}\` | ${describeType(schema)} | ${required ? '**required**' : describeDefault(schema)} | ${schema.description ?? ''} |`;
  if (schema.typeText !== undefined) return [row];
  const item = itemRecord(schema);
  const [inside, listed] = item === undefined ? [schema, ''] : [item, '[]'];
  const below = Object.entries(inside.properties ?? {}).flatMap(([name, one]) =>
    rows(`${path}${listed}.${name}`, one, inside.required?.includes(name)),
  );
  return [row, ...below];
}

/** Object schema of list items, also if the list is one of several types. */
function itemRecord(schema) {
  const { items } = schema.anyOf?.find((one) => one.items !== undefined) ?? schema;
  return [items, ...(items?.anyOf ?? [])].find((one) => one?.properties !== undefined);
}

function describeType(schema) {
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${one}\``).join(', ');
  if (schema.typeText !== undefined) return schema.typeText;
  if (schema.anyOf !== undefined) return schema.anyOf.map(describeType).join(' or ');
  if (schema.type === 'array')
    return `list of ${schema.items?.type === 'array' ? 'lists of strings' : plural(schema.items)}`;
  if (schema.type === 'object') return schema.properties === undefined ? 'map of strings' : 'object';
  return { string: 'string', integer: range(schema), boolean: 'boolean' }[schema.type ?? ''] ?? '';
}

function plural(item) {
  if (item?.enum !== undefined) return describeType(item);
  return item?.properties === undefined ? 'strings' : 'objects';
}

function range({ minimum, maximum }) {
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? 'integer' : `integer, ${minimum} to ${maximum}`;
}

function describeDefault(schema) {
  if (schema.defaultText !== undefined) return schema.defaultText;
  const value = schema.default;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => `\`${one}\``).join(', ');
  if (value === undefined || typeof value === 'object') return 'none';
  return `\`${String(value)}\``;
}
