/** `newsloom init --preset`: a section that extends a pack of the package. */
import type { StartingTexts } from '../app/imports/imported-config.js';
import { PACK_NAMES } from '../config/packs/packs.js';
import { UsageError } from './exit.js';
import type { StartingLists } from './init-import.js';

/** Neither sources nor topics. */
export const NONE = 'none';

export const presetNames = [...PACK_NAMES, NONE].join(', ');

export function readPreset(name: string): string {
  if (PACK_NAMES.includes(name) || name === NONE) return name;
  throw new UsageError(`"${name}" is no pack: ${presetNames}`);
}

/** The lists hold what the editor adds to the pack, or changes of it. */
export function presetLists(name: string, templates: StartingTexts): StartingLists {
  const config = templates['config/newsloom.yaml'];
  if (name === NONE) return emptyLists(templates);
  return {
    files: {
      'config/newsloom.yaml': extending(
        name,
        config.replace(/^ {2}title: .*$/m, `  title: ${TITLES[name]}`).replace(/^ {2}description: .*\n/m, ''),
      ),
      'config/sources.yaml': `${commentsOf(templates['config/sources.yaml'])}${SOURCES}`,
      'config/topics.yaml': `${commentsOf(templates['config/topics.yaml'])}${TOPICS}`,
    },
  };
}

function extending(name: string, config: string): string {
  return config.replace(/^# Both lists /m, `${EXTENDS}extends: ${name}\n\n$&`);
}

function emptyLists(templates: StartingTexts): StartingLists {
  const empty = (path: keyof StartingTexts) => `${commentsOf(templates[path])}[]\n`;
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

function commentsOf(template: string): string {
  return template.slice(0, template.indexOf('\n# ──') + 1);
}

const TITLES: Readonly<Record<string, string>> = {
  world: 'World news',
  local: 'Local news',
  tech: 'Technology news',
  science: 'Science news',
};

const EXTENDS =
  '# A pack of sources and topics that newsloom brings; what stands in the lists below adds to it, or changes it.\n';

const SOURCES = `# What stands here is read beside the sources of the pack. An entry with the id of one of them changes it, key by key.
#
# - url: https://paper.example/feed
#   topics: [local-politics]
`;

const TOPICS = `# What stands here is beside the topics of the pack. An entry with the id of one of them changes it, key by key.
#
# - id: harbour
#   label: The harbour
#   any: [harbour, docks, ferry*]
`;
