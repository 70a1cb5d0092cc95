/** The paths that a channel had before its topic or source was renamed. */
import type { ChannelPath } from '../model/channel.js';
import type { EditionSettings } from './settings.js';

type Named = Pick<EditionSettings, 'topics' | 'sources' | 'channels'>;

/** As `formerly` lists them; empty: it has always had this one. */
export function formerPaths(path: ChannelPath, { topics, sources, channels = [] }: Named): readonly ChannelPath[] {
  const [folder = '', id] = path.split('/');
  const named = { topics, sources, channels }[folder] ?? [];
  const formerly = named.find((one) => one.id === id)?.formerly ?? [];
  return formerly.map((former) => `${folder}/${former}`);
}

/** The present path of each former one. */
export function presentPaths({ topics, sources, channels = [] }: Named): ReadonlyMap<ChannelPath, ChannelPath> {
  const named = { topics, sources, channels };
  const paths = Object.entries(named).flatMap(([folder, all]) => all.map(({ id }) => `${folder}/${id}`));
  return new Map(paths.flatMap((path) => formerPaths(path, named).map((former) => [former, path])));
}
