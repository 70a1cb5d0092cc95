/** The door for those who embed newsloom. Nothing inside imports this file. */
export * from './model/errors.js';
export type * from './model/item.js';
