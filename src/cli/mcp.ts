/** The command `mcp`. */
import { missingPackages } from '../model/optional-packages.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, readDisplaySettings } from './options.js';

export const mcpCommand: Command = {
  name: 'mcp',
  describe:
    'serve the section to an assistant over stdio (Model Context Protocol): read-only, texts marked as untrusted',
  options: [configOption],
  examples: [['newsloom mcp --config config/newsloom.yaml', 'write this command into the settings of the assistant']],
  async run(context) {
    const [{ serveMcp }, { version }] = await Promise.all([
      import('../app/mcp-server.js'),
      import('../observe/version.js'),
    ]);
    await serveMcp(() => readDisplaySettings(context), version, context.signal).catch((error: unknown) => {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
      throw isMissing ? new UsageError(missingPackages('newsloom mcp', '@modelcontextprotocol/sdk')) : error;
    });
    return EXIT.ok;
  },
};
