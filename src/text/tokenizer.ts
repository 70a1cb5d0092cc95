/** htmlparser2's tokenizer without its parser and its document model, which take three times as long to load and are not used here (22 ms of each process and thread that reads). */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as htmlparser2 from 'htmlparser2';

const load = createRequire(import.meta.url);
const file = join(dirname(load.resolve('htmlparser2')), 'Tokenizer.js');

export const Tokenizer = (load(file) as { default: typeof htmlparser2.Tokenizer }).default;
