/** Prepares machine-made texts for pages and lists, always with a label. */
import type { Entry, EntryMachine } from '../../../model/channel.js';
import { detectDirection } from '../direction.js';
import type { Labels } from '../labels.js';

export interface ShownMachine {
  /** `Machine translation (translate)`. */
  readonly label: string;
  readonly lang: string | null;
  readonly dir: string;
  readonly title: string | null;
  readonly summary: string | null;
  readonly contentHtml: string | null;
  readonly topics: readonly string[];
  /** The publisher's headline, if the output replaces it. */
  readonly original: { readonly title: string; readonly lang: string | null; readonly dir: string } | null;
}

/** `articleBody` prepares HTML for a page. */
export function shownMachine(
  { machine = [], topics }: Entry,
  labels: Labels,
  bodyOf: (html: string) => string,
): ShownMachine[] {
  const names = new Map(topics.map(({ id, label }) => [id, label]));
  return machine.map((made) => {
    const stands = made.original !== undefined;
    return {
      label: `${machineLabel(made.as, labels)} (${made.by})`,
      lang: made.language,
      dir: detectDirection(made.language),
      title: stands ? null : made.title,
      summary: stands ? null : made.summary,
      contentHtml: stands || made.contentHtml === null ? null : bodyOf(made.contentHtml),
      topics: made.topics.flatMap((id) => names.get(id) ?? []),
      original: toOriginalHeadline(made),
    };
  });
}

function toOriginalHeadline({ original }: EntryMachine): ShownMachine['original'] {
  if (original === undefined || original.title === null) return null;
  return { title: original.title, lang: original.language, dir: detectDirection(original.language) };
}

export function machineLabel(as: EntryMachine['as'], labels: Labels): string {
  return { translation: labels.machineTranslation, summary: labels.machineSummary, topics: labels.machineTopics }[as];
}
