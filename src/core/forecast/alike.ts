import { effortCost, plainModel } from '../models.ts';
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
  const others = sameModel.length >= enough ? sameModel : tasks;
  const like = tasks.length === 0 ? 'none' : others === sameModel ? 'model' : 'any';
  return { tasks: others.slice(-newest).map((t) => atEffort(t, model, effort)), like };
}

/** As long as the task would have been at another effort, by what efforts cost on that model. */
function atEffort(task: PastTask, model: string, effort: string | null): PastTask {
  const [then, now] = [effortCost(model, task.effort), effortCost(model, effort)];
  return then === null || now === null ? task : { ...task, length: (task.length * now) / then };
}
