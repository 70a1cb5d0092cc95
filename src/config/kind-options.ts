/** What the config may say of sources of one kind alone: under the key of the kind's name. */
import type { z as Zod } from 'zod';
import { z } from '../model/zod.js';
import { kinds } from '../parse/kinds.js';

type Kind = (typeof kinds)[number];

/** The keys of a source that are of one kind alone, for its schema. */
export function kindKeys(): Zod.ZodRawShape {
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

/** With defaults filled in; null: there is nothing that it may be told. `written`: the source as the schema gives it. */
export function kindOptions(kind: Kind, written: object): unknown {
  const said = Object.entries(written).find(([key]) => key === kind.name)?.[1];
  return optionsOf(kind)?.parse(said ?? {}) ?? null;
}

/** "a feed; a page without a feed; a folder of posts" */
export function kindsInWords(): string {
  const words = kinds.map(({ describe }) => describe);
  return `${words.slice(0, -1).join('; ')}; or ${words.at(-1)}`;
}
