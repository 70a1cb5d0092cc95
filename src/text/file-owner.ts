/** What is said where a file may not be touched since it is another user's. */
export function belongsTo(what: string, owner: number, own: number | undefined): string {
  return `; ${what} belongs to user ${owner}, and newsloom runs as user ${own}: chown gives it back`;
}
