/** The commands `sources pause` and `sources resume`. */
import type { Command, Context, Option } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { chooseConfigPath, configOption, jsonOption, readDay, readSettings } from './options.js';

const IDS = { name: '<ids...>', describe: 'ids of the sources' };
const UNTIL: Option = {
  flags: '--until <day>',
  describe: 'the day that ends the pause, such as 2026-12-24',
  read: readDay,
};

export const sourcesPauseCommand: Command = {
  name: 'sources pause',
  describe: 'stop polling sources; their articles and feeds stay published',
  parameters: [IDS],
  options: [configOption, jsonOption, UNTIL],
  examples: [
    ['newsloom sources pause wire', 'until `newsloom sources resume wire`'],
    ['newsloom sources pause wire --until 2026-12-24', 'polls it again from this day on (UTC)'],
  ],
  run: (context) => changePauses(context, context.value<string>('until') ?? true),
};

export const sourcesResumeCommand: Command = {
  name: 'sources resume',
  describe: 'poll paused sources again',
  parameters: [IDS],
  options: [configOption, jsonOption],
  examples: [['newsloom sources resume wire', 'the next run polls it if it is due']],
  run: (context) => changePauses(context, null),
};

async function changePauses(context: Context, paused: true | string | null) {
  const { pauseSource } = await import('../app/add-source/edit-sources.js');
  const ids = [...new Set(context.args)];
  const load = () => readSettings(context, 'fresh', 'sent');
  requireKnown('source', ids, (await load()).sources);
  const changed: { id: string; file: string; paused: true | string | null }[] = [];
  for (const id of ids)
    changed.push({ id, file: await pauseSource(chooseConfigPath(context), load, id, paused), paused });
  const how = paused === null ? 'resumed' : paused === true ? 'paused' : `paused until ${paused}`;
  context.show(changed, () => changed.map(({ id, file }) => `${file}: ${how} ${id}`).join('\n'));
  return EXIT.ok;
}
