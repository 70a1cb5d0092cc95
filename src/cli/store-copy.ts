/** `newsloom store copy`: the store of the config, from one kind of database into another, or into a file as a backup. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readToShow } from './options.js';

export const storeCopyCommand: Command = {
  name: 'store copy',
  describe: 'copy the store into another kind of database, which must be empty, or into a new file as a backup',
  options: [
    configOption,
    jsonOption,
    { flags: '--from <kind>', describe: 'sqlite (the file of store.path) or postgres (store.url, store.schema)' },
    { flags: '--to <kind>', describe: 'the other one' },
    { flags: '--to-file <file>', describe: 'a new SQLite file; also while a worker runs (from: default store.kind)' },
  ],
  examples: [
    ['newsloom store copy --from sqlite --to postgres', 'then set store.kind to postgres; the file stays as it is'],
    ['newsloom store copy --from postgres --to sqlite', 'and back; an old file of store.path must be moved away'],
    ['newsloom store copy --to-file backup.db', 'a backup, as of this moment'],
  ],
  async run(context) {
    const { store } = await readToShow(context);
    const stores = [store, ...(store.others ?? [])].filter(({ kind }) => kind !== 'memory');
    const place = (option: 'from' | 'to', kind = context.value<string>(option)) => {
      const found = stores.find((one) => one.kind === kind);
      if (found === undefined) throw new UsageError(`--${option} wants sqlite or postgres`);
      return found;
    };
    const { backUpStore, copyStore } = await import('../app/copy-store.js');
    const file = context.value('to-file');
    if (file !== undefined) {
      if (context.value('to') !== undefined) throw new UsageError('--to and --to-file: one of them');
      const report = await backUpStore(place('from', context.value('from') ?? store.kind), file, context.signal);
      context.show(report, () => `${report.rows} rows copied to ${file}`);
      return EXIT.ok;
    }
    const [from, to] = [place('from'), place('to')];
    if (from === to) throw new UsageError('--from and --to name the same store');
    const report = await copyStore(from, to, context.signal);
    const next = store.kind === to.kind ? '' : `; to use it, set store.kind to ${to.kind} in the config`;
    context.show(report, () => `${report.rows} rows copied from ${from.kind} to ${to.kind}${next}`);
    return EXIT.ok;
  },
};
