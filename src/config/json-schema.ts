/** The JSON Schema of the config, for completion and validation in text editors. */
import { z } from '../model/zod.js';
import { configSchema } from './schema.js';
import type { Path } from './yaml.js';

/** The part of JSON Schema that zod writes for our schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly defaultText?: string;
  readonly typeText?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | false;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Annotations that only the generated docs use. */
const DOC_ANNOTATIONS = ['defaultText', 'typeText'];

let annotated: JsonSchema | null = null;

/** Includes the annotations for the generated docs. Made once: checks ask it for each of many topics. */
export function annotatedSchema(): JsonSchema {
  annotated ??= z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
  return annotated;
}

/** JSON Schema 2020-12, as text: `newsloom schema` prints it, `schema/newsloom.schema.json` holds it. */
export function jsonSchema(): string {
  const { $schema, ...rest } = annotatedSchema() as Record<string, unknown>;
  const titled = { $schema, title: 'newsloom config', ...rest };
  const published = (key: string, value: unknown) => (DOC_ANNOTATIONS.includes(key) ? undefined : value);
  return `${inLines(JSON.parse(JSON.stringify(titled, published)), DEPTH_OF_KEYS)}\n`;
}

/** `properties`, a section of the config, `properties`, a key. */
const DEPTH_OF_KEYS = 4;

/** A line for each key of the config: indented to its depths, the schema is a third larger in the package, and has changes that nobody reads. */
function inLines(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inLines(inner, depth - 1)}`);
  return `{\n${entries.join(',\n')}\n}`;
}

/** The keys allowed at a path. */
export function knownKeys(path: Path): string[] {
  const found = path.reduce<readonly JsonSchema[]>(
    (schemas, step) => schemas.flatMap((one) => inside(one, step)),
    [annotatedSchema()],
  );
  return found.flatMap(shapes).flatMap((one) => Object.keys(one.properties ?? {}));
}

function inside(schema: JsonSchema, step: string | number): JsonSchema[] {
  return shapes(schema).flatMap((one) => {
    const next = typeof step === 'number' ? one.items : one.properties?.[step];
    return next === undefined ? [] : [next];
  });
}

function shapes(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema];
}
