/** `newsloom init --preset`: a section that extends a pack of the package. */
import type { StartingTexts } from '../app/imports/imported-config.js';
import { PACK_NAMES } from '../config/packs/packs.js';
import { UsageError } from './exit.js';
import type { StartingLists } from './init-import.js';

/** No pack: lists that are the editor's alone. */
const OWN = 'own';
const NAMES = [...PACK_NAMES, OWN];

export const presetNames = `${PACK_NAMES.join(', ')}, or ${OWN} (none: your own alone)`;

export function readPreset(name: string): string {
  if (NAMES.includes(name)) return name;
  throw new UsageError(`"${name}" is no pack: ${presetNames}`);
}

/** The lists hold what the editor adds to the pack, or changes of it. */
export function presetLists(name: string, templates: StartingTexts): StartingLists {
  const config = templates['config/newsloom.yaml'];
  if (name === OWN) return { files: ownLists(templates) };
  return {
    files: {
      'config/newsloom.yaml': config
        .replace(/^ {2}title: .*$/m, `  title: ${TITLES[name]}`)
        .replace(/^ {2}description: .*\n/m, '')
        .replace(/^# Both lists /m, `${EXTENDS}extends: ${name}\n\n$&`),
      'config/sources.yaml': `${commentsOf(templates['config/sources.yaml'])}${SOURCES}`,
      'config/topics.yaml': `${commentsOf(templates['config/topics.yaml'])}${TOPICS}`,
    },
  };
}

function ownLists(templates: StartingTexts): StartingLists['files'] {
  return {
    'config/newsloom.yaml': templates['config/newsloom.yaml'],
    'config/sources.yaml': `${commentsOf(templates['config/sources.yaml'])}${example(SOURCES)}`,
    'config/topics.yaml': `${commentsOf(templates['config/topics.yaml'])}${example(TOPICS)}`,
  };
}

function example(list: string): string {
  return list.slice(list.indexOf('# -'));
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
