import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';
import { formatMinute, formatTable } from './table.js';

export const deskQueueCommand: Command = {
  name: 'desk queue',
  describe: 'list new articles that wait for approval, because of `review: hold` or a `hold` rule',
  options: [configOption, jsonOption],
  examples: [['newsloom desk queue', 'then run `desk approve` or `desk reject` with an address']],
  async run(context) {
    const { listQueue } = await import('../app/desk/list-desk.js');
    const queued = await listQueue(await readDisplaySettings(context));
    const waiting = queued.map(({ ref: _, ...article }) => article);
    const rows = waiting.map(({ publishedAt, publication, title, id, url }) => [
      formatMinute(publishedAt),
      publication,
      title,
      url ?? id,
    ]);
    context.show(waiting, () =>
      rows.length === 0
        ? 'no articles are waiting'
        : formatTable([['published', 'publication', 'headline', 'address'], ...rows]),
    );
    return EXIT.ok;
  },
};
