/** `newsloom store copy`: the store of the config, from one kind of database into another. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';

export const storeCopyCommand: Command = {
  name: 'store copy',
  describe: 'copy the store into another kind of database, which must be empty',
  options: [
    configOption,
    jsonOption,
    { flags: '--from <kind>', describe: 'sqlite (the file of store.path) or postgres (store.url, store.schema)' },
    { flags: '--to <kind>', describe: 'the other one' },
  ],
  examples: [
    ['newsloom store copy --from sqlite --to postgres', 'then set store.kind to postgres; the file stays as it is'],
    ['newsloom store copy --from postgres --to sqlite', 'and back'],
  ],
  async run(context) {
    const { store } = await readSettings(context);
    const place = (option: 'from' | 'to') => {
      const kind = context.value<string>(option);
      const found = [store, ...(store.others ?? [])].find((one) => one.kind === kind && kind !== 'memory');
      if (found === undefined) throw new UsageError(`--${option} wants sqlite or postgres`);
      return found;
    };
    const [from, to] = [place('from'), place('to')];
    if (from === to) throw new UsageError('--from and --to name the same store');
    const { copyStore } = await import('../app/stores/copy.js');
    const report = await copyStore(from, to, context.signal);
    const next = store.kind === to.kind ? '' : `; to use it, set store.kind to ${to.kind} in the config`;
    context.show(report, () => `${report.rows} rows copied from ${from.kind} to ${to.kind}${next}`);
    return EXIT.ok;
  },
};
