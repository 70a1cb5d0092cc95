/** The parts of undici that we use, each from its own file: its front door brings a cache, mocks and a second `fetch` along, 55 ms of every start. */
import { createRequire } from 'node:module';

type Undici = typeof import('undici');

const part = createRequire(import.meta.url);

export const Agent: Undici['Agent'] = part('undici/lib/dispatcher/agent.js');
export const Pool: Undici['Pool'] = part('undici/lib/dispatcher/pool.js');
export const buildConnector: Undici['buildConnector'] = part('undici/lib/core/connect.js');

/** Loaded where a source has a proxy. */
export function loadProxyAgent(): Undici['ProxyAgent'] {
  return part('undici/lib/dispatcher/proxy-agent.js');
}
