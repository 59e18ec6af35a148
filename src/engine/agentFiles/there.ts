import { access } from 'node:fs/promises';

/** Whether any of the paths is there. */
export async function isAnyThere(paths: readonly string[]): Promise<boolean> {
  const there = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return there.includes(true);
}
