/** The list of commands, in the order of `--help`. */
import type { Command } from './command.js';

export interface Listed {
  readonly name: string;
  load(): Promise<{ readonly command: Command }>;
}

export const commands: readonly Listed[] = [
  { name: 'init', load: () => import('./init.js') },
  { name: 'build', load: () => import('./build.js') },
  { name: 'work', load: () => import('./work.js') },
  { name: 'check', load: () => import('./check.js') },
  { name: 'demo', load: () => import('./demo.js') },
  { name: 'status', load: () => import('./status.js') },
  { name: 'explain', load: () => import('./explain.js') },
  { name: 'sources add', load: () => import('./sources-add.js') },
  { name: 'sources import', load: () => import('./sources-import.js') },
  { name: 'sources export', load: () => import('./sources-export.js') },
  { name: 'topics test', load: () => import('./topics-test.js') },
  { name: 'topics report', load: () => import('./topics-report.js') },
  { name: 'restore', load: () => import('./restore.js') },
  { name: 'prune', load: () => import('./prune.js') },
  { name: 'preview', load: () => import('./preview.js') },
  { name: 'schema', load: () => import('./schema.js') },
  { name: 'completion', load: () => import('./completion.js') },
];

/** Of commands with two words: what their first word stands for. */
export const groups: Readonly<Record<string, string>> = {
  sources: 'add, import and export the feeds that are read',
  topics: 'try topics out',
};
