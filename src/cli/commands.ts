/** The list of commands, in the order of `--help`. */
import type { CommandEntry } from './command.js';

export const commands: readonly CommandEntry[] = [
  { name: 'init', load: async () => (await import('./init.js')).initCommand },
  { name: 'build', load: async () => (await import('./build.js')).buildCommand },
  { name: 'work', load: async () => (await import('./work.js')).workCommand },
  { name: 'check', load: async () => (await import('./check.js')).checkCommand },
  { name: 'demo', load: async () => (await import('./demo.js')).demoCommand },
  { name: 'status', load: async () => (await import('./status.js')).statusCommand },
  { name: 'explain', load: async () => (await import('./explain.js')).explainCommand },
  { name: 'add', load: async () => (await import('./add.js')).addLinkCommand },
  { name: 'sources add', load: async () => (await import('./sources-add.js')).sourcesAddCommand },
  { name: 'sources remove', load: async () => (await import('./sources-remove.js')).sourcesRemoveCommand },
  { name: 'sources import', load: async () => (await import('./sources-import.js')).sourcesImportCommand },
  { name: 'sources export', load: async () => (await import('./sources-export.js')).sourcesExportCommand },
  { name: 'desk list', load: async () => (await import('./desk-list.js')).deskListCommand },
  { name: 'desk queue', load: async () => (await import('./desk-queue.js')).deskQueueCommand },
  { name: 'desk hide', load: async () => (await import('./desk-edit.js')).deskHideCommand },
  { name: 'desk takedown', load: async () => (await import('./desk-edit.js')).deskTakedownCommand },
  { name: 'desk show', load: async () => (await import('./desk-edit.js')).deskShowCommand },
  { name: 'desk pin', load: async () => (await import('./desk-edit.js')).deskPinCommand },
  { name: 'desk lead', load: async () => (await import('./desk-edit.js')).deskLeadCommand },
  { name: 'desk title', load: async () => (await import('./desk-edit.js')).deskTitleCommand },
  { name: 'desk topics', load: async () => (await import('./desk-edit.js')).deskTopicsCommand },
  { name: 'desk join', load: async () => (await import('./desk-edit.js')).deskJoinCommand },
  { name: 'desk split', load: async () => (await import('./desk-edit.js')).deskSplitCommand },
  { name: 'desk approve', load: async () => (await import('./desk-edit.js')).deskApproveCommand },
  { name: 'desk reject', load: async () => (await import('./desk-edit.js')).deskRejectCommand },
  { name: 'topics test', load: async () => (await import('./topics-test.js')).topicsTestCommand },
  { name: 'topics report', load: async () => (await import('./topics-report.js')).topicsReportCommand },
  { name: 'topics suggest', load: async () => (await import('./topics-suggest.js')).topicsSuggestCommand },
  { name: 'rules test', load: async () => (await import('./rules-test.js')).rulesTestCommand },
  { name: 'announce test', load: async () => (await import('./announce-test.js')).announceTestCommand },
  { name: 'restore', load: async () => (await import('./restore.js')).restoreCommand },
  { name: 'prune', load: async () => (await import('./prune.js')).pruneCommand },
  { name: 'preview', load: async () => (await import('./preview.js')).previewCommand },
  { name: 'schema', load: async () => (await import('./schema.js')).schemaCommand },
  { name: 'completion', load: async () => (await import('./completion.js')).completionCommand(commands, groups) },
];

/** Descriptions of command groups, by the first word of two-word commands. */
export const groups: Readonly<Record<string, string>> = {
  sources: 'add, import and export the feeds that are read',
  desk: 'decide about single articles',
  topics: 'try topics out',
  rules: 'try rules out',
  announce: 'try announcements out',
};
