import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions } from '../../src/observe/logger.js';

async function logged(options: Partial<LoggerOptions>): Promise<string> {
  const written: string[] = [];
  const to = { write: (lines: string) => void written.push(lines) };
  const logger = createLogger({ to, shown: (text) => text, style: 'json', colors: false, level: 'info', ...options });
  logger.info({ sourceId: 'bbc' }, 'read');
  logger.error({ err: new Error('no answer') }, 'failed');
  return written.join('');
}

describe('createLogger', () => {
  it('writes one JSON object per line, with the stack of an error', async () => {
    const lines = (await logged({})).trimEnd().split('\n');
    const [read, failed] = lines.map((line) => JSON.parse(line));
    expect(read).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), sourceId: 'bbc', msg: 'read' });
    expect(failed.err).toMatchObject({ message: 'no answer', stack: expect.stringContaining('logger.test.ts') });
  });

  it('writes readable lines, optionally in colour', async () => {
    expect(await logged({ style: 'pretty' })).toMatch(/INFO.*: read.*bbc/);
    expect(await logged({ style: 'pretty' })).not.toContain('\u001b[');
    expect(await logged({ style: 'pretty', colors: true })).toContain('\u001b[');
  });

  it('writes the facts after the message, and a stack on lines of its own', async () => {
    const lines = (await logged({ style: 'pretty' })).split('\n');
    expect(lines[0]).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: read \{"sourceId":"bbc"\}$/);
    expect(lines[1]).toMatch(/^\[\d\d:\d\d:\d\d\] ERROR: failed$/);
    expect(lines[2]).toBe('    Error: no answer');
    expect(lines[3]).toMatch(/^ {8}at .*logger\.test\.ts/);
  });

  it('writes only errors when quiet', async () => {
    expect(await logged({ level: 'error' })).not.toContain('"read"');
    expect(await logged({ level: 'error' })).toContain('failed');
  });
});
