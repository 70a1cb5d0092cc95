/** The generator named in our files. It has no patch version, so that an update does not rewrite every file. */
export const GENERATOR = { name: 'newsloom', version: '0.1' } as const;
