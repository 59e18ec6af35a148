/** What people call a project: the last folder of its path, in the path's own style; the path itself where it has none. */
export function folderName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
