// Parses the fenced blocks of a document and the instruction in the comment before each.
//
//   <!-- write PATH -->    write the block to the file
//   <!-- add PATH -->      append the block to the file
//   <!-- becomes PATH -->  the file must now equal the block
//   <!-- prints -->        the last block that was run must have printed exactly this
//   <!-- at MOMENT -->     set the clock from this block on
//
// A `sh` block without an instruction is run. Other blocks are only shown.

/**
 * @typedef {{ kind: 'run' | 'write' | 'add' | 'becomes' | 'prints' | 'show', path: string | null, at: string | null, language: string, text: string }} Block
 *
 * @param {string} markdown
 * @returns {Block[]}
 */
export function parseBlocks(markdown) {
  const found = markdown.matchAll(/((?:^<!-- .*? -->\n)*)^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, comments = '', language = '', text = '']) => {
    const said = [...comments.matchAll(/<!-- (\w+)(?: (\S+))? -->/g)].map(([, word, value]) => ({ word, value }));
    const done = said.find(({ word }) => word !== 'at');
    const kind = done?.word ?? (language === 'sh' ? 'run' : 'show');
    const at = said.find(({ word }) => word === 'at')?.value ?? null;
    return { kind, path: done?.value ?? null, at, language, text };
  });
}
