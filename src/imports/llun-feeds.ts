/** A workflow of GitHub Actions that runs `llun/feeds`; its feeds stand in the OPML file that it names. */
import { type ImportFormat, importedSite, type LeftOutSetting } from './imported-site.js';
import { yamlRecord } from './osmosfeed.js';

const ACTION = /^llun\/feeds@/;

export const llunFeedsImport: ImportFormat = {
  name: 'llun-feeds',
  describe: 'the workflow that runs `llun/feeds`, with the OPML file that it names',
  recognizes: ({ text }) => /^\s*(?:-\s+)?uses:\s*['"]?llun\/feeds@/m.test(text),
  read({ text }) {
    const { opmlFile = 'feeds.opml', customDomain, ...others } = inputsIn(yamlRecord(text));
    return importedSite({
      url: customDomain ? `https://${customDomain}/` : null,
      files: [opmlFile],
      leftOut: Object.keys(others).map(unlikeInput),
    });
  },
};

const REASONS: Readonly<Record<string, string>> = {
  branch: 'newsloom init writes a workflow that commits; docs/ci.md says how to deploy',
  storageType: 'the store is a SQLite file, and comes back from what is published',
  token: 'the workflow that newsloom init writes needs none',
};

function unlikeInput(what: string): LeftOutSetting {
  return { what, why: REASONS[what] ?? 'it has no counterpart' };
}

/** The `with` of the first step that runs it. */
function inputsIn({ jobs }: Record<string, unknown>): Record<string, string> {
  const steps = Object.values((jobs ?? {}) as Record<string, { steps?: unknown }>).flatMap((job) =>
    Array.isArray(job?.steps) ? (job.steps as { uses?: unknown; with?: unknown }[]) : [],
  );
  const step = steps.find(({ uses }) => typeof uses === 'string' && ACTION.test(uses));
  return Object.fromEntries(Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)]));
}
