import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';

export const storeCopyCommand: Command = {
  name: 'store copy',
  describe: 'copy the store into an empty database of another kind, or into a new file as a backup',
  options: [
    configOption,
    jsonOption,
    { flags: '--from <kind>', describe: 'sqlite (the file store.path) or postgres (store.url, store.schema)' },
    { flags: '--to <kind>', describe: 'the other kind' },
    {
      flags: '--to-file <file>',
      describe: 'a new SQLite file; works while a worker runs (default for --from: store.kind)',
    },
  ],
  examples: [
    [
      'newsloom store copy --from sqlite --to postgres',
      'copies to PostgreSQL and leaves the SQLite file unchanged; afterwards, set store.kind to postgres',
    ],
    ['newsloom store copy --from postgres --to sqlite', 'copies back; move an old file at store.path away first'],
    ['newsloom store copy --to-file backup.db', 'a consistent backup of the current state'],
  ],
  async run(context) {
    const { store } = await readDisplaySettings(context);
    const stores = [store, ...(store.others ?? [])].filter(({ kind }) => kind !== 'memory');
    const place = (option: 'from' | 'to', kind = context.value<string>(option)) => {
      const found = stores.find((one) => one.kind === kind);
      if (found === undefined) throw new UsageError(`invalid --${option}: use sqlite or postgres`);
      return found;
    };
    const { backUpStore, copyStore } = await import('../app/copy-store.js');
    const file = context.value('to-file');
    if (file !== undefined) {
      if (context.value('to') !== undefined) throw new UsageError('--to and --to-file exclude each other');
      const report = await backUpStore(place('from', context.value('from') ?? store.kind), file, context.signal);
      context.show(report, () => `${report.rows} rows copied to ${file}`);
      return EXIT.ok;
    }
    const [from, to] = [place('from'), place('to')];
    if (from === to) throw new UsageError('--from and --to name the same store');
    const report = await copyStore(from, to, context.signal);
    const next = store.kind === to.kind ? '' : `; to use the copy, set store.kind to ${to.kind} in the config`;
    context.show(report, () => `${report.rows} rows copied from ${from.kind} to ${to.kind}${next}`);
    return EXIT.ok;
  },
};
