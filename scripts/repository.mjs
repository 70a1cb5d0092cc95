// Copies the owner of the repository from "repository.url" of package.json into every other file that has its address.
import { readFileSync, writeFileSync } from 'node:fs';

/** Files with the address of the repository. */
export const FILES = ['package.json', 'README.md', 'CHANGELOG.md'];

const ADDRESS = /(?<=https:\/\/(?:raw\.githubusercontent|github)\.com\/)[\w.-]+(?=\/newsloom\b)/g;

const root = new URL('../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

/** The owner named in "repository.url". */
export function repositoryOwner() {
  const [owner] = JSON.parse(read('package.json')).repository.url.match(ADDRESS);
  return owner;
}

/**
 * The text of a file, with this owner in each address of the repository.
 *
 * @param {string} path
 * @param {string} owner
 */
export function withOwner(path, owner) {
  return read(path).replace(ADDRESS, owner);
}

if (process.argv[1] === import.meta.filename)
  for (const path of FILES) writeFileSync(new URL(path, root), withOwner(path, repositoryOwner()));
