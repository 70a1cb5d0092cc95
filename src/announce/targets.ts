/** The list of targets: each is a file of `targets/`, and one line here with the keys that it takes in the config. */
import type { TargetKind } from './target.js';

/** `secret`: required, and only as `${NAME}`. */
type KeyRule = 'secret' | 'required' | 'optional' | 'optional secret';

interface TargetEntry {
  readonly name: string;
  readonly keys: Readonly<Partial<Record<'url' | 'token' | 'account' | 'secret' | 'retry', KeyRule>>>;
  load(): Promise<TargetKind>;
}

// biome-ignore format: one line each
export const targets: readonly TargetEntry[] = [
  { name: 'webhook', keys: { url: 'required', secret: 'optional secret', retry: 'optional' }, load: async () => (await import('./targets/webhook.js')).webhook },
  { name: 'slack', keys: { url: 'secret' }, load: async () => (await import('./targets/slack.js')).slack },
  { name: 'discord', keys: { url: 'secret' }, load: async () => (await import('./targets/discord.js')).discord },
  { name: 'telegram', keys: { url: 'secret' }, load: async () => (await import('./targets/telegram.js')).telegram },
  { name: 'ntfy', keys: { url: 'required', token: 'optional secret' }, load: async () => (await import('./targets/ntfy.js')).ntfy },
  { name: 'mastodon', keys: { url: 'required', token: 'secret' }, load: async () => (await import('./targets/mastodon.js')).mastodon },
  { name: 'bluesky', keys: { url: 'required', account: 'required', token: 'secret' }, load: async () => (await import('./targets/bluesky.js')).bluesky },
  { name: 'matrix', keys: { url: 'required', token: 'secret' }, load: async () => (await import('./targets/matrix.js')).matrix },
  { name: 'apprise', keys: { url: 'secret' }, load: async () => (await import('./targets/apprise.js')).apprise },
];
