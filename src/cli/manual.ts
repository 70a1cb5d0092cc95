/** `docs/commands.md`: every command with its options and examples, made from the list of commands. */
import type { Command, Option } from './command.js';
import { commands } from './commands.js';
import { EXIT, type ExitStatus } from './exit.js';

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'published, or nothing had changed; failing sources are in the report',
  bug: 'a bug: the stack is in the log',
  usage: 'wrong usage',
  strict: '`--strict`, and at least one source failed; the rest was published',
  noSource: 'every source was asked in this run and none could be read; what was published before stays',
  publish: 'could not publish (refused, disk full, …) or could not use the store; what was published before stays',
  locked: 'another newsloom holds this store',
  interrupted: 'stopped by SIGINT or SIGTERM; what was finished stays',
  config: 'config wrong: all problems listed, nothing touched',
};

const HEAD = `# Commands

<!-- Made from src/cli/ by "npm run docs"; edits belong there. -->

\`newsloom <command> [options]\`. Results go to stdout, alone; logs, progress and mistakes go to stderr: pretty on a terminal,
JSON lines elsewhere. \`--quiet\` (\`-q\`) leaves only errors, \`NO_COLOR\` leaves the colours out. \`newsloom --version\` prints the
version, \`newsloom <command> --help\` what stands here.
`;

/** Markdown. */
export async function commandReference(): Promise<string> {
  const loaded = await Promise.all(commands.map(({ load }) => load()));
  const statuses = Object.entries(EXIT) as [keyof typeof EXIT, ExitStatus][];
  const rows = statuses.map(([name, status]) => `| ${status} | ${MEANINGS[name]} |`);
  return [
    HEAD,
    ...loaded.map(({ command }) => section(command)),
    `## Exit statuses\n\n| status | meaning |\n|---|---|\n${rows.join('\n')}\n`,
  ].join('\n');
}

/** The table of commands in README.md: Markdown. */
export async function commandTable(): Promise<string> {
  const loaded = await Promise.all(commands.map(({ load }) => load()));
  const rows = loaded.map(({ command }) => row(usageOf(command), command.describe));
  return ['| command | does |', '|---|---|', ...rows, ''].join('\n');
}

function usageOf({ name, parameters = [] }: Command): string {
  return [name, ...parameters.map((parameter) => parameter.name)].join(' ');
}

function section(command: Command): string {
  const parameters = command.parameters ?? [];
  const rows = [
    ...parameters.map(({ name, describe }) => row(name, describe)),
    ...command.options.map((option) => row(option.flags, describeOption(option))),
  ];
  const table = rows.length === 0 ? '' : `\n| | |\n|---|---|\n${rows.join('\n')}\n`;
  const examples = command.examples.map(([line, what]) => `# ${what}\n${line}`).join('\n');
  return `## \`newsloom ${usageOf(command)}\`\n\n${sentence(command.describe)}\n${table}\n\`\`\`sh\n${examples}\n\`\`\`\n`;
}

function row(what: string, describe: string): string {
  return `| \`${what}\` | ${describe} |`;
}

function describeOption({ describe, default: value }: Option): string {
  return value === undefined ? describe : `${describe} (default: \`${value}\`)`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
