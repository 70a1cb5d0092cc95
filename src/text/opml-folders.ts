/** Maps the folders of an OPML document to topics. */

export interface OpmlFolder {
  readonly id: string;
  readonly label: string;
  readonly parent?: string;
}

type NamedTopic = { readonly id?: unknown; readonly label?: unknown; readonly formerly?: unknown };

/** Maps each folder to a topic with its id, label or former id, else to a new one. */
function mapFoldersToTopics(
  folders: readonly OpmlFolder[],
  topics: readonly NamedTopic[],
): ReadonlyMap<string, string> {
  const byName = new Map<string, string>();
  for (const { id, label, formerly } of topics) {
    if (typeof id !== 'string') continue;
    for (const name of [id, ...toNames(label), ...toNames(formerly)])
      if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), id);
  }
  return new Map(folders.map(({ id, label }) => [id, byName.get(label.toLowerCase()) ?? byName.get(id) ?? id]));
}

function toNames(label: unknown): string[] {
  const names = typeof label === 'object' && label !== null ? Object.values(label) : [label];
  return names.filter((name) => typeof name === 'string');
}

/** Assigns folder topics to the sources, and lists the folders that become new topics. */
export function assignFolderTopics<S extends { readonly topics?: readonly string[] }>(
  { value, folders }: { readonly value: readonly S[]; readonly folders: readonly OpmlFolder[] },
  topics: readonly NamedTopic[],
): { readonly sources: readonly S[]; readonly added: readonly OpmlFolder[] } {
  const topicIds = mapFoldersToTopics(folders, topics);
  const there = new Set(topics.map(({ id }) => id));
  const added = folders.filter(({ id }) => topicIds.get(id) === id && !there.has(id));
  return {
    sources: value.map((source) =>
      source.topics === undefined
        ? source
        : { ...source, topics: [...new Set(source.topics.map((id) => topicIds.get(id) ?? id))] },
    ),
    added: added.map(({ parent, ...folder }) => ({
      ...folder,
      ...(parent !== undefined && { parent: topicIds.get(parent) ?? parent }),
    })),
  };
}
