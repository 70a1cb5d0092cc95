/** Provides ready-made topics for the top levels of IPTC Media Topics, selected by `iptc: medtop:13000000`. */
import { loadMap } from '../data/load.js';
import { type CategoryMap, capitalizeFirst } from '../model/topic.js';
import { type ReadyMadeName, toReadyMadeName, toTopicId } from './ready-made-name.js';

interface MediaTopic {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  /** By language, ISO 639-1. */
  readonly names: ReadonlyMap<string, readonly ReadyMadeName[]>;
  readonly map: readonly CategoryMap[];
}

/** Labels in four languages follow IPTC. Phrases have the editors' syntax; `categories` are publishers'. */
interface MediaTopicRow {
  readonly label: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Record<string, readonly string[]>>;
  readonly categories: readonly string[];
}

/** The ready-made topic of a top level (`medtop:13000000`); null: not one of the seventeen. */
export function mediaTopic(iptc: string): MediaTopic | null {
  const row = loadMap<MediaTopicRow>('media-topics').get(iptc);
  if (row === undefined) return null;
  const label = Object.fromEntries(
    Object.entries(row.label).map(([language, text]) => [language, capitalizeFirst(text)]),
  );
  const names = new Map(Object.entries(row.phrases).map(([language, list]) => [language, list.map(toReadyMadeName)]));
  return { id: toTopicId(label.en!), label, names, map: row.categories.map((category) => ({ category })) };
}
