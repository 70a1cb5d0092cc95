/** An open site without hubs. */
import type { HubCallbacks } from '../../src/app/hub-callbacks.js';

export const NO_HUBS: HubCallbacks = {
  verify: async () => ({ status: 404, body: '' }),
  startCheck: async () => null,
  resume: async () => {},
  pushed: async () => false,
};
