// The fenced blocks of a document, and what the comment before each says is done with it.
//
//   <!-- write PATH -->    the block is the file
//   <!-- add PATH -->      the block is added at the end of the file
//   <!-- becomes PATH -->  the file is now the block
//   <!-- prints -->        the last block that was run printed exactly this
//   <!-- at MOMENT -->     the clock, from this block on
//
// A block of `sh` without one is run; any other is only shown.

/**
 * @typedef {{ kind: 'run' | 'write' | 'add' | 'becomes' | 'prints' | 'show', path: string | null, at: string | null, language: string, text: string }} Block
 *
 * @param {string} markdown
 * @returns {Block[]}
 */
export function blocksIn(markdown) {
  const found = markdown.matchAll(/((?:^<!-- .*? -->\n)*)^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, comments = '', language = '', text = '']) => {
    const said = [...comments.matchAll(/<!-- (\w+)(?: (\S+))? -->/g)].map(([, word, value]) => ({ word, value }));
    const done = said.find(({ word }) => word !== 'at');
    const kind = done?.word ?? (language === 'sh' ? 'run' : 'show');
    const at = said.find(({ word }) => word === 'at')?.value ?? null;
    return { kind, path: done?.value ?? null, at, language, text };
  });
}
