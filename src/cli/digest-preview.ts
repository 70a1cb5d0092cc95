import type { PreviewedIssue } from '../app/digest-preview.js';
import type { Command } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { configOption, jsonOption, nowOption, readDisplaySettings } from './options.js';
import { formatMinute } from './table.js';

export const digestPreviewCommand: Command = {
  name: 'digest preview',
  describe: 'show the mail of the next issue of a digest as if it closed now, and when it closes',
  parameters: [{ name: '<digest>', describe: 'id of the digest' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--html', describe: 'print the HTML version of the mail instead of its text' },
    nowOption,
  ],
  examples: [
    ['newsloom digest preview weekly', 'uses the articles in the store'],
    ['newsloom digest preview weekly --html > issue.html', 'writes a file that you can open in a browser'],
  ],
  async run(context) {
    const { previewDigest } = await import('../app/digest-preview.js');
    const settings = await readDisplaySettings(context);
    const [id = ''] = context.args;
    requireKnown('digest', [id], settings.digests ?? []);
    const previewed = (await previewDigest(settings, id, context.value<Date>('now') ?? new Date()))!;
    const { closesAt, issue } = previewed;
    context.show({ id, closesAt, issue }, () => (context.flag('html') ? previewed.html : formatIssue(previewed)));
    return EXIT.ok;
  },
};

function formatIssue({ closesAt, issue, text }: PreviewedIssue): string {
  const closes = `closes with the first news after ${formatMinute(closesAt)} UTC`;
  return issue === null ? `the issue is empty so far; it ${closes}` : `${text.trimEnd()}\n\n(${closes})`;
}
