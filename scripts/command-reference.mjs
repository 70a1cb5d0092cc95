// Generates docs/commands.md from the list of commands.

/** Keys are names in `EXIT` of src/cli/exit.ts. */
const MEANINGS = {
  ok: 'published, or nothing had changed; failing sources are in the report',
  bug: 'internal error; the log contains the stack trace',
  usage: 'wrong usage',
  strict:
    'with `build --strict`: a source failed, and the rest was published; with `check --live`: a source failed; with `announce test`: the target did not accept the message',
  noSource: 'every source failed in this run, or no source has ever been read; the published files are unchanged',
  publish: 'publishing or the store failed (safety checks, disk full, …); files published earlier are kept',
  locked: 'another newsloom process holds this store',
  interrupted: 'stopped by SIGINT or SIGTERM; completed work is kept (a worker then exits with 0)',
  config: 'invalid config; all errors are listed and nothing was changed',
};

const HEAD = `# Commands

<!-- Generated from src/cli/ by "npm run docs". Do not edit. -->

\`newsloom <command> [options]\`. Only results are written to stdout. Logs, progress and errors are written to stderr: formatted on
a terminal, as JSON lines otherwise. \`--quiet\` (\`-q\`) shows only errors; \`NO_COLOR\` disables colours. \`newsloom --version\` prints
the version, and \`newsloom <command> --help\` prints the text on this page. With \`--json\`, stdout is always one JSON document, even if
the command fails: \`{ "error": { "code", "message", … } }\`.
`;

/** Renders docs/commands.md. `statuses`: `EXIT` of src/cli/exit.ts. */
export function commandReference(commands, statuses) {
  const rows = Object.entries(statuses)
    .sort(([, a], [, b]) => a - b)
    .map(([name, status]) => `| ${status} | ${MEANINGS[name]} |`);
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
