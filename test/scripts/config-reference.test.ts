/** Generated files in the repository match the current schema. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configReference } from '../../scripts/config-reference.mjs';
import { configSchemas } from '../../scripts/json-schema.mjs';
import { annotatedSchema, type JsonSchema } from '../../src/config/json-schema.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const stale = 'made from an older schema: run "npm run docs"';

/** Lists every key with its path in the docs. */
function paths(schema: JsonSchema, path: string): string[] {
  if (/\bas (?:in )?`|\{/.test(schema.typeText ?? '')) return []; // documented elsewhere, or in the type
  const shapes = schema.anyOf ?? [schema];
  return shapes.flatMap((one) => [
    ...Object.entries(one.properties ?? {}).flatMap(([key, value]) => {
      const below = path === '' ? key : `${path}.${key}`;
      return [below, ...paths(value, below)];
    }),
    ...(one.items === undefined ? [] : paths(one.items, `${path}[]`)),
  ]);
}

describe('docs/config.md', () => {
  it('creates its schema once', () => {
    expect(annotatedSchema()).toBe(annotatedSchema());
  });

  it('matches the schema', () => {
    expect(read('docs/config.md') === configReference(annotatedSchema()) ? '' : stale).toBe('');
  });

  it('has every key of the schema with a description', () => {
    const sections = /^(site|sources|topics|desk|publish|images|store|fetch|stories|schedule|worker)$/;
    const keys = paths(annotatedSchema(), '').filter((path) => !sections.test(path));
    expect(keys).toContain('topics[].map[].category');
    for (const key of keys)
      expect(configReference(annotatedSchema())).toMatch(
        new RegExp(`^\\| \`${key.replace(/[[\].]/g, '\\$&')}\` \\| [^|]+ \\| [^|]+ \\| .+ \\|$`, 'm'),
      );
  });
});

describe('schema/', () => {
  const schemas = configSchemas(annotatedSchema());

  it.each(Object.keys(schemas))('has %s as the config schema defines it', (name) => {
    expect(read(`schema/${name}`) === schemas[name] ? '' : stale).toBe('');
    expect(schemas[name]).not.toMatch(/defaultText|typeText/);
  });

  it('requires site and sources in the config, and allows no unknown keys', () => {
    const schema = JSON.parse(schemas['newsloom.schema.json'] ?? '');
    expect(schema.required).toEqual(['site', 'sources']);
    expect(schema.properties.site.required).toEqual(['title', 'url']);
    expect(schema.additionalProperties).toBe(false);
  });

  it.each([
    ['sources', 'every'],
    ['topics', 'any'],
    ['desk', 'takedown'],
  ])('describes each entry of the list of %s, and allows no unknown keys', (list, key) => {
    const schema = JSON.parse(schemas[`${list}.schema.json`] ?? '');
    expect(schema).toMatchObject({ title: `newsloom ${list}`, type: 'array', items: { additionalProperties: false } });
    expect(schema.items.properties[key].description).not.toBe('');
  });
});
