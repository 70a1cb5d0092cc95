/** Loads zod as CommonJS, because importing its modules opens more files at once than a small `ulimit -n` allows. */
import { createRequire } from 'node:module';
import type { z as Zod } from 'zod';

export const z: typeof Zod = createRequire(import.meta.url)('zod').z;
