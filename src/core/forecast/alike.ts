import { effortCost, plainModel } from '../models.ts';
import type { Outlook } from './outlook.ts';
import type { PastTask } from './pastTask.ts';

/** How like the coming task the user's past ones are that an estimate rests on. */
export type Likeness = Outlook['basis']['like'];

// Of fewer nothing can be said of nine in ten.
const enough = 12;
/** Habits change: of more than so many only the newest count. */
const newest = 60;

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

/**
 * As long, and as thoughtful, as the task would have been at another effort, by what efforts cost on that model. Where
 * nobody has told, its length stands, and its thinking says nothing; nor does another model's.
 */
function atEffort(task: PastTask, model: string, effort: string | null): PastTask {
  const isSame = task.model === plainModel(model);
  if (isSame && task.effort === effort) return task;
  const [then, now] = [effortCost(model, task.effort), effortCost(model, effort)];
  if (then === null || now === null) return { ...task, thinking: null };
  const times = now / then;
  const thinking = isSame && task.thinking !== null ? task.thinking * times : null;
  return { ...task, length: task.length * times, thinking };
}
