/** The paths that a channel had before its topic or source was renamed. */
import type { ChannelPath } from '../model/channel.js';
import type { EditionSettings } from './settings.js';

type Named = Pick<EditionSettings, 'topics' | 'sources'>;

/** As `formerly` lists them; empty: it has always had this one. */
export function formerPaths(path: ChannelPath, { topics, sources }: Named): readonly ChannelPath[] {
  const [folder, id] = path.split('/');
  const named = folder === 'topics' ? topics : folder === 'sources' ? sources : [];
  const formerly = named.find((one) => one.id === id)?.formerly ?? [];
  return formerly.map((former) => `${folder}/${former}`);
}

/** The present path of each former one. */
export function presentPaths({ topics, sources }: Named): ReadonlyMap<ChannelPath, ChannelPath> {
  const paths = [...topics.map(({ id }) => `topics/${id}`), ...sources.map(({ id }) => `sources/${id}`)];
  return new Map(paths.flatMap((path) => formerPaths(path, { topics, sources }).map((former) => [former, path])));
}
