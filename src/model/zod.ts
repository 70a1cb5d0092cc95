/** The zod library. */
import { createRequire } from 'node:module';
import type { z as Zod } from 'zod';

/** As CommonJS: its files are read one after another, where importing them opens more at once than a small `ulimit -n` allows. */
export const z: typeof Zod = createRequire(import.meta.url)('zod').z;
