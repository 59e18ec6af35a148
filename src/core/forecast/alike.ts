import { plainModel } from '../models.ts';
import type { Outlook } from './outlook.ts';
import type { PastTask } from './pastTask.ts';

/** How like the coming task the user's past ones are that an estimate rests on. */
export type Likeness = Outlook['basis']['like'];

// Of fewer nothing can be said of nine in ten.
const enough = 12;
/** Habits change: of more than so many only the newest count. */
export const newest = 60;

/** The past tasks to go by, newest last: as like as there are enough of. */
export function alike(
  tasks: readonly PastTask[],
  model: string,
  effort: string | null,
): { readonly tasks: readonly PastTask[]; readonly like: Likeness } {
  const plain = plainModel(model);
  const sameModel = tasks.filter((t) => t.model === plain);
  const same = sameModel.filter((t) => t.effort === effort);
  if (same.length >= enough) return { tasks: same.slice(-newest), like: 'model and effort' };
  if (sameModel.length >= enough) return { tasks: sameModel.slice(-newest), like: 'model' };
  return { tasks: tasks.slice(-newest), like: tasks.length === 0 ? 'none' : 'any' };
}
