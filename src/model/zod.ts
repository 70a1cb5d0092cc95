/** Loads zod as CommonJS, which is fewer modules. */
import { createRequire } from 'node:module';
import type { z as Zod } from 'zod';

export const z: typeof Zod = createRequire(import.meta.url)('zod').z;
