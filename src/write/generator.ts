/** How our files name the program that made them. No patch version: an update must not rewrite every file. */
export const GENERATOR = { name: 'newsloom', version: '0.1' } as const;
