/** The generator named in our files, without the patch version, so that an update does not rewrite every file. */
export const GENERATOR = { name: 'newsloom', version: '0.1' } as const;
