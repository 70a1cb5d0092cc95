// Generates docs/commands.md from the list of commands.

/** Keys are names in `EXIT` of src/cli/exit.ts. */
const MEANINGS = {
  ok: 'published, or nothing had changed; failing sources are in the report',
  bug: 'a bug: the stack is in the log',
  usage: 'wrong usage',
  strict: '`--strict` or `check --live`, and at least one source failed; the rest was published',
  noSource: 'no source could be read, in this run or ever; what was published before stays',
  publish: 'could not publish (refused, disk full, …) or could not use the store; what was published before stays',
  locked: 'another newsloom holds this store',
  interrupted: 'stopped by SIGINT or SIGTERM; what was finished stays (the worker exits with 0)',
  config: 'config wrong: all problems listed, nothing touched',
};

const HEAD = `# Commands

<!-- Made from src/cli/ by "npm run docs"; edits belong there. -->

\`newsloom <command> [options]\`. Results go to stdout, alone; logs, progress and mistakes go to stderr: pretty on a terminal,
JSON lines elsewhere. \`--quiet\` (\`-q\`) leaves only errors, \`NO_COLOR\` leaves the colours out. \`newsloom --version\` prints the
version, \`newsloom <command> --help\` what stands here. With \`--json\`, stdout is one JSON document, also where a command fails:
\`{ "error": { "code", "message", … } }\`.
`;

/** Renders docs/commands.md. `statuses`: `EXIT` of src/cli/exit.ts. */
export function commandReference(commands, statuses) {
  const rows = Object.entries(statuses).map(([name, status]) => `| ${status} | ${MEANINGS[name]} |`);
  return [
    HEAD,
    commandTable(commands),
    ...commands.map(section),
    `## Exit statuses\n\n| status | meaning |\n|---|---|\n${rows.join('\n')}\n`,
  ].join('\n');
}

/** Table of all commands with links to their sections. */
function commandTable(commands) {
  const rows = commands.map(
    (command) => `| [\`${formatUsage(command)}\`](#${toAnchor(command)}) | ${command.describe} |`,
  );
  return ['| command | does |', '|---|---|', ...rows, ''].join('\n');
}

/** Anchor of a command's heading on GitHub. */
function toAnchor(command) {
  return `newsloom ${formatUsage(command)}`.replace(/[^\w -]/g, '').replaceAll(' ', '-');
}

function formatUsage({ name, parameters = [] }) {
  return [name, ...parameters.map((parameter) => parameter.name)].join(' ');
}

function section(command) {
  const parameters = command.parameters ?? [];
  const rows = [
    ...parameters.map(({ name, describe }) => row(name, describe)),
    ...command.options.map((option) => row(option.flags, describeOption(option))),
  ];
  const table = rows.length === 0 ? '' : `\n| | |\n|---|---|\n${rows.join('\n')}\n`;
  const examples = command.examples.map(([line, what]) => `# ${what}\n${line}`).join('\n');
  return `## \`newsloom ${formatUsage(command)}\`\n\n${sentence(command.describe)}\n${table}\n\`\`\`sh\n${examples}\n\`\`\`\n`;
}

function row(what, describe) {
  return `| \`${what}\` | ${describe} |`;
}

function describeOption({ describe, default: value }) {
  return value === undefined ? describe : `${describe} (default: \`${value}\`)`;
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
