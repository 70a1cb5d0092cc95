/** `newsloom desk list`: what the desk says about articles. */
import type { ListedEntry } from '../app/desk/list-desk.js';
import type { Command } from './command.js';
import { deskWords } from './desk-words.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, readToShow } from './options.js';

export const deskListCommand: Command = {
  name: 'desk list',
  describe: 'list what you decided about single articles, with the line of each',
  options: [configOption, jsonOption],
  examples: [['newsloom desk list', 'with the headline of each article, and those that no article is known for']],
  async run(context) {
    const { listDesk } = await import('../app/desk/list-desk.js');
    const settings = await readToShow(context);
    const entries = await listDesk(settings);
    context.show(entries, () => listLines(entries, settings.desk.file));
    return EXIT.ok;
  },
};

function listLines(entries: readonly ListedEntry[], file: string): string {
  if (entries.length === 0) return `${file}: nothing is decided`;
  return entries
    .map((entry) => `${file}:${entry.line}: ${named(entry)}: ${deskWords(entry, entry.other).join(', ')}`)
    .join('\n');
}

function named({ headline, article, takedown }: ListedEntry): string {
  if (takedown === true && headline !== null) return article;
  return headline === null ? `${article} (no article is known under this name)` : `"${headline}" <${article}>`;
}
