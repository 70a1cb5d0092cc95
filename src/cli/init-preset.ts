/** `newsloom init --preset`: a section that extends a pack of the package. */
import type { Templates } from '../app/imports/imported-config.js';
import { PACK_NAMES } from '../config/packs/packs.js';
import { UsageError } from './exit.js';
import type { StartingLists } from './init-import.js';

export const presetNames = PACK_NAMES.join(', ');

export function readPreset(name: string): string {
  if (PACK_NAMES.includes(name)) return name;
  throw new UsageError(`"${name}" is no pack: ${presetNames}`);
}

/** The lists hold what the editor adds to the pack, or changes of it. */
export function presetLists(name: string, templates: Templates): StartingLists {
  const config = templates['config/newsloom.yaml'];
  return {
    files: {
      'config/newsloom.yaml': config.replace(
        /^sources: /m,
        `extends: ${name} # a pack of sources and topics that newsloom brings; yours below add to it\n\nsources: `,
      ),
      'config/sources.yaml': `${commentsOf(templates['config/sources.yaml'])}${SOURCES}`,
      'config/topics.yaml': `${commentsOf(templates['config/topics.yaml'])}${TOPICS}`,
    },
  };
}

function commentsOf(template: string): string {
  return template.slice(0, template.indexOf('\n# ──') + 1);
}

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
