/** The packages that only some features need. They are optional peer dependencies: a site installs the ones that it uses. */

/** The versions in install commands. `linkedom` 0.18.13 and newer install a second css-select. */
export const OPTIONAL_PACKAGES = {
  '@modelcontextprotocol/sdk': '1',
  '@mozilla/readability': '0.6',
  aws4fetch: '1',
  linkedom: '0.18.12',
  pagefind: '1.6',
  pg: '8',
  'pg-boss': '10',
  'prom-client': '15',
  sharp: '0.35',
} as const;

export type OptionalPackage = keyof typeof OPTIONAL_PACKAGES;

/** `npm install pg@8 pg-boss@10` */
export function installCommand(...names: readonly OptionalPackage[]): string {
  return `npm install ${names.map((name) => `${name}@${OPTIONAL_PACKAGES[name]}`).join(' ')}`;
}

/** `feature`: the subject of the sentence, such as "publish.s3". */
export function missingPackages(feature: string, ...names: readonly OptionalPackage[]): string {
  const isOne = names.length === 1;
  const packages = isOne ? `the package ${names[0]}` : `the packages ${names.join(' and ')}`;
  return `${feature} needs ${packages}: run \`${installCommand(...names)}\``;
}
