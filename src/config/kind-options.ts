/** What the config may say of sources of one kind alone: under the key of the kind's name. */
import type { z as Zod } from 'zod';
import { z } from '../model/zod.js';
import { kindNamed, kinds } from '../parse/kinds.js';

type Kind = (typeof kinds)[number];

/** The keys of a source that are of one kind alone, for its schema. */
export function kindKeys(): Record<never, Zod.ZodType> {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const options = optionsOf(kind);
      if (options === null) return [];
      const meta = { description: `How \`kind: ${kind.name}\` is read.`, defaultText: 'none' };
      return [[kind.name, options.optional().meta(meta)]];
    }),
  );
}

/** null: there is nothing that it may be told. */
function optionsOf({ options }: Kind): Zod.ZodObject | null {
  return options === undefined ? null : z.strictObject(options(z));
}

/** Whether it must be told something. */
export function needsOptions(kind: Kind): boolean {
  return optionsOf(kind)?.safeParse({}).success === false;
}

/** What its own kind may be told comes as `options`, with defaults filled in; null: nothing. */
export function withOptions<T extends { readonly kind: string }>(source: T): T & { readonly options: unknown } {
  const keys = Object.entries(source);
  const said = keys.find(([key]) => key === source.kind)?.[1];
  const shared = keys.filter(([key]) => kinds.every(({ name }) => name !== key));
  const options = optionsOf(kindNamed(source.kind))?.safeParse(said ?? {}).data ?? null;
  return { ...(Object.fromEntries(shared) as T), options };
}

/** "a feed; a page without a feed; a folder of posts" */
export function kindsInWords(): string {
  const words = kinds.map(({ describe }) => describe);
  return `${words.slice(0, -1).join('; ')}; or ${words.at(-1)}`;
}
