/** `newsloom digest preview`: the next issue of a digest, as its mail would be if it closed now. */
import type { PreviewedIssue } from '../app/digest-preview.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, nowOption, readToShow } from './options.js';
import { minute } from './table.js';

export const digestPreviewCommand: Command = {
  name: 'digest preview',
  describe: 'show the next issue of a digest as its mail would be if it closed now, and say when it closes',
  parameters: [{ name: '<digest>', describe: 'its id' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--html', describe: 'the mail in HTML in place of its text' },
    nowOption,
  ],
  examples: [
    ['newsloom digest preview weekly', 'what would be in it, of what the store holds'],
    ['newsloom digest preview weekly --html > issue.html', 'to be opened in a browser'],
  ],
  async run(context) {
    const { previewDigest } = await import('../app/digest-preview.js');
    const settings = await readToShow(context);
    const [id = ''] = context.args;
    const previewed = await previewDigest(settings, id, context.value<Date>('now') ?? new Date());
    if (previewed === null) {
      const known = (settings.digests ?? []).map((one) => one.id).join(', ') || 'none';
      throw new UsageError(`no digest has the id "${id}"; there are: ${known}`);
    }
    const { closesAt, issue } = previewed;
    context.show({ id, closesAt, issue }, () => (context.flag('html') ? previewed.html : words(previewed)));
    return EXIT.ok;
  },
};

function words({ closesAt, issue, text }: PreviewedIssue): string {
  const closes = `closes with the first news from after ${minute(closesAt)} UTC`;
  return issue === null ? `nothing is in it yet; it ${closes}` : `${text.trimEnd()}\n\n(${closes})`;
}
