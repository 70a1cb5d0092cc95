/** Finds the former paths of channels with a renamed topic or source. */
import type { ChannelPath } from '../model/channel.js';
import type { EditionSettings } from './settings.js';
import { findById } from './with-id.js';

type Named = Pick<EditionSettings, 'topics' | 'sources' | 'channels'>;
type Renamed = { readonly id: string; readonly formerly?: readonly string[] | undefined };

/** In the order of `formerly`; empty: never renamed. */
export function listFormerPaths(path: ChannelPath, { topics, sources, channels = [] }: Named): readonly ChannelPath[] {
  const [folder = '', id = ''] = path.split('/');
  const named: readonly Renamed[] = { topics, sources, channels }[folder] ?? [];
  const formerly = findById(named, id)?.formerly ?? [];
  return formerly.map((former) => `${folder}/${former}`);
}

/** The current path of each former one. */
export function mapFormerPaths({ topics, sources, channels = [] }: Named): ReadonlyMap<ChannelPath, ChannelPath> {
  const former = (folder: string, named: readonly Renamed[]) =>
    named.flatMap(({ id, formerly = [] }) => formerly.map((old) => [`${folder}/${old}`, `${folder}/${id}`] as const));
  return new Map([...former('topics', topics), ...former('sources', sources), ...former('channels', channels)]);
}
