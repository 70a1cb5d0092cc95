/** The options of each source kind, under a key with the name of the kind. */
import type { z as Zod } from 'zod';
import { z } from '../model/zod.js';
import { findKind, kinds } from '../parse/kinds.js';

type Kind = (typeof kinds)[number];

export function createKindKeys(): Record<never, Zod.ZodType> {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const options = createOptionsSchema(kind);
      if (options === null) return [];
      const meta = { description: `Options of \`kind: ${kind.name}\`.`, defaultText: 'none' };
      return [[kind.name, options.optional().meta(meta)]];
    }),
  );
}

/** null if the kind has no options. */
function createOptionsSchema({ options }: Kind): Zod.ZodObject | null {
  return options === undefined ? null : z.strictObject(options(z));
}

export function requiresOptions(kind: Kind): boolean {
  return createOptionsSchema(kind)?.safeParse({}).success === false;
}

/** Moves the options of the kind to `options`, with defaults; null if it has none. */
export function extractOptions<T extends { readonly kind: string }>(source: T): T & { readonly options: unknown } {
  const keys = Object.entries(source);
  const written = keys.find(([key]) => key === source.kind)?.[1];
  const shared = keys.filter(([key]) => kinds.every(({ name }) => name !== key));
  const options = createOptionsSchema(findKind(source.kind))?.safeParse(written ?? {}).data ?? null;
  return { ...(Object.fromEntries(shared) as T), options };
}

export function describeKinds(): string {
  const words = kinds.map(({ describe }) => describe);
  return `${words.slice(0, -1).join('; ')}; or ${words.at(-1)}`;
}
