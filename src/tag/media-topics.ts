/** Provides ready-made topics for the top levels of IPTC Media Topics, which a config selects by `iptc: medtop:13000000`. */
import { type CategoryMap, withCapital } from '../model/topic.js';
import { mediaTopicPhrases } from './media-topic-phrases.js';
import { nameAsWritten, type ReadyMadeName, topicIdOf } from './ready-made-name.js';

interface MediaTopic {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  /** By language, ISO 639-1. */
  readonly names: ReadonlyMap<string, readonly ReadyMadeName[]>;
  readonly map: readonly CategoryMap[];
}

let mediaTopics: ReadonlyMap<string, MediaTopic> | undefined;

/** The ready-made topic of a top level (`medtop:13000000`); null: not one of the seventeen. */
export function mediaTopic(iptc: string): MediaTopic | null {
  mediaTopics ??= new Map(
    mediaTopicPhrases
      .split('## ')
      .slice(1)
      .map((section) => [`medtop:${section.slice(0, 8)}`, readSection(section.slice(8).trim().split('\n'))]),
  );
  return mediaTopics.get(iptc) ?? null;
}

/** Languages of the labels. */
const columns = ['en', 'uk', 'ru', 'de', 'fr', 'es'] as const;

function readSection([labels, ...lists]: readonly string[]): MediaTopic {
  const label = Object.fromEntries(labels!.split(' | ').map((text, column) => [columns[column]!, withCapital(text)]));
  const names = new Map<string, readonly ReadyMadeName[]>();
  const map: CategoryMap[] = [];
  for (const line of lists) {
    const at = line.indexOf(': ');
    const text = line.slice(at + 2);
    if (line.startsWith('categories')) map.push(...text.split(' | ').map((category) => ({ category })));
    else names.set(line.slice(0, at), text.split(', ').map(nameAsWritten));
  }
  return { id: topicIdOf(label.en!), label, names, map };
}
