/** The command `sources list`. */
import type { Command } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { configOption, jsonOption, nowOption, readDisplaySettings } from './options.js';
import { formatTable } from './table.js';

export const sourcesListCommand: Command = {
  name: 'sources list',
  describe: 'list the sources of the config, and how they differ from their groups',
  parameters: [],
  options: [configOption, jsonOption, nowOption, { flags: '--group <id>', describe: 'only the sources of this group' }],
  examples: [
    ['newsloom sources list', 'id, name, state and group of each source'],
    ['newsloom sources list --group local', 'and which keys they set differently'],
  ],
  async run(context) {
    const settings = await readDisplaySettings(context);
    const only = context.value<string>('group');
    const groups = settings.sources.flatMap(({ group }) => (group === undefined ? [] : [{ id: group.id }]));
    if (only !== undefined) requireKnown('group', [only], groups);
    const [{ readSiteStatus }, { shownState }] = await Promise.all([
      import('../app/status/site-status.js'),
      import('../app/status/overview.js'),
    ]);
    const all = await readSiteStatus(settings, context.value<Date>('now') ?? new Date());
    const rows = all.filter(({ group }) => only === undefined || group?.id === only);
    context.show(rows, () =>
      formatTable([
        ['source', 'name', 'state', 'group', 'differs in'],
        ...rows.map((row) => [
          row.id,
          row.title,
          shownState(row),
          row.group?.id ?? '',
          row.group?.differs.join(', ') ?? '',
        ]),
      ]),
    );
    return EXIT.ok;
  },
};
