// Chunks of the bundle that are nothing but a way to another chunk.

/** Takes out chunks that only hand on what is in another: whoever asked for them asks the other one. */
export function withoutForwards(chunks) {
  for (const { fileName, code, isDynamicEntry } of Object.values(chunks)) {
    const [, early, exported = '', late] =
      /^(?:import"([^"]+)";)?export\{([^{}]*)\}(?:from"([^"]+)")?;\s*$/.exec(code) ?? [];
    const from = late ?? early;
    if (!isDynamicEntry || from === undefined) continue;
    // What the first of two does as it loads would be lost.
    if (early !== undefined && early !== from) continue;
    const names = exported
      .split(',')
      .filter(Boolean)
      .map((name) => name.split(' as '));
    const object = names.map(([there, here = there]) => `${here}:e.${there}`).join();
    for (const chunk of Object.values(chunks))
      chunk.code = chunk.code.replaceAll(`import(\`./${fileName}\`)`, `import(\`${from}\`).then(e=>({${object}}))`);
    delete chunks[fileName];
  }
}
