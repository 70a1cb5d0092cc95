import { describeDeskEntry } from '../app/desk/desk-words.js';
import type { ListedEntry } from '../app/desk/list-desk.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';

export const deskListCommand: Command = {
  name: 'desk list',
  describe: 'list your decisions about single articles, with their lines in the desk file',
  options: [configOption, jsonOption],
  examples: [['newsloom desk list', 'shows the headline of each article and marks unknown articles']],
  async run(context) {
    const { listDesk } = await import('../app/desk/list-desk.js');
    const settings = await readDisplaySettings(context);
    const entries = await listDesk(settings);
    context.show(entries, () => formatDeskEntries(entries, settings.desk.file));
    return EXIT.ok;
  },
};

function formatDeskEntries(entries: readonly ListedEntry[], file: string): string {
  if (entries.length === 0) return `${file}: no decisions`;
  return entries
    .map(
      (entry) =>
        `${file}:${entry.line}: ${formatArticleName(entry)}: ${describeDeskEntry(entry, entry.other).join(', ')}`,
    )
    .join('\n');
}

function formatArticleName({ headline, article, takedown }: ListedEntry): string {
  if (takedown === true && headline !== null) return article;
  return headline === null ? `${article} (unknown article)` : `"${headline}" <${article}>`;
}
