/** `newsloom init --preset`: creates a section that extends a pack. */
import type { StartingTexts } from '../app/imports/imported-config.js';
import { PACK_NAMES } from '../config/packs/packs.js';
import { UsageError } from './exit.js';
import type { StartingLists } from './init-import.js';

/** Neither sources nor topics. */
export const NONE = 'none';

export const presetNames = [...PACK_NAMES, NONE].join(', ');

export function readPreset(name: string): string {
  if (PACK_NAMES.includes(name) || name === NONE) return name;
  throw new UsageError(`unknown pack "${name}"; known packs: ${presetNames}`);
}

export function createPresetLists(name: string, templates: StartingTexts): StartingLists {
  const config = templates['config/newsloom.yaml'];
  if (name === NONE) return createEmptyLists(templates);
  return {
    files: {
      'config/newsloom.yaml': addExtends(
        name,
        config.replace(/^ {2}title: .*$/m, `  title: ${TITLES[name]}`).replace(/^ {2}description: .*\n/m, ''),
      ),
      'config/sources.yaml': `${extractHeadComments(templates['config/sources.yaml'])}${SOURCES}`,
      'config/topics.yaml': `${extractHeadComments(templates['config/topics.yaml'])}${TOPICS}`,
    },
  };
}

function addExtends(name: string, config: string): string {
  return config.replace(/^# Both lists /m, `${EXTENDS}extends: ${name}\n\n$&`);
}

function createEmptyLists(templates: StartingTexts): StartingLists {
  const empty = (path: keyof StartingTexts) => `${extractHeadComments(templates[path])}[]\n`;
  return {
    files: {
      'config/newsloom.yaml': templates['config/newsloom.yaml']
        .replace(/^ {2}title: .*$/m, '  title: News')
        .replace(/^ {2}description: .*\n/m, ''),
      'config/sources.yaml': empty('config/sources.yaml'),
      'config/topics.yaml': empty('config/topics.yaml'),
    },
  };
}

function extractHeadComments(template: string): string {
  return template.slice(0, template.indexOf('\n# ──') + 1);
}

const TITLES: Readonly<Record<string, string>> = {
  world: 'World news',
  local: 'Local news',
  tech: 'Technology news',
  science: 'Science news',
};

const EXTENDS = '# A pack of sources and topics from newsloom. The lists below add to it or change it.\n';

const SOURCES = `# Add sources to those of the pack here. An entry with the id of a pack source changes its keys.
#
# - url: https://paper.example/feed
#   topics: [local-politics]
`;

const TOPICS = `# Add topics to those of the pack here. An entry with the id of a pack topic changes its keys.
#
# - id: harbour
#   label: The harbour
#   any: [harbour, docks, ferry*]
`;
