/** Derives the JSON Schema of the config and the keys that it allows. */
import { z } from '../model/zod.js';
import { configSchema } from './schema.js';
import type { Path } from './yaml.js';

export interface JsonSchema {
  readonly $schema?: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly defaultText?: string;
  readonly typeText?: string;
  /** The key decides whom the section listens to, or where secrets go: reviews show its changes first. */
  readonly trust?: boolean;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | false;
  readonly minimum?: number;
  readonly maximum?: number;
}

let annotated: JsonSchema | null = null;

/** Includes annotations for the generated docs. Cached, because checks request it for each topic. */
export function annotatedSchema(): JsonSchema {
  annotated ??= z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
  return annotated;
}

export function listKnownKeys(path: Path): string[] {
  const found = path.reduce<readonly JsonSchema[]>(
    (schemas, step) => schemas.flatMap((one) => selectSubschemas(one, step)),
    [annotatedSchema()],
  );
  return found.flatMap(listAlternatives).flatMap((one) => Object.keys(one.properties ?? {}));
}

function selectSubschemas(schema: JsonSchema, step: string | number): JsonSchema[] {
  return listAlternatives(schema).flatMap((one) => {
    const next = typeof step === 'number' ? one.items : one.properties?.[step];
    return next === undefined ? [] : [next];
  });
}

function listAlternatives(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema];
}
