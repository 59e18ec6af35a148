import * as z from 'zod/mini';
import { catch as otherwise } from 'zod/mini';
import type { Dimension, Filter, Span } from '../../src/core/query.ts';

// What the panel remembers over hide and reload. Read back leniently: a field that no longer fits falls to its default.

const views = ['breakdown', 'projection', 'prices', 'problems'] as const;
export const stacks = ['model', 'agent', 'project'] as const;
const tableNames = ['model', 'agent', 'project', 'branch', 'session', 'day'] as const;
const tabs = [...tableNames, 'calls'] as const;
export const callsPerPage = 50;

const dimensionNames = [...tableNames, 'hour'] as const satisfies readonly Dimension[];

const chipSchema = z.object({
  dimension: z.enum(dimensionNames),
  value: z.string(),
  /** What people read; the value may be a path or an id. */
  label: z.string(),
});
export type Chip = z.infer<typeof chipSchema>;

const sortSchema = z.object({ column: z.string(), descending: z.boolean() });
export type Sort = z.infer<typeof sortSchema>;

const isoDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const spanSchema: z.ZodMiniType<Span> = z.union([
  z.enum(['today', '7d', '30d', 'month', 'all']),
  z.object({ from: isoDate, to: isoDate }),
]);

const placeSchema = z.object({ tab: z.enum(tabs), chips: z.array(chipSchema) });

const uiStateSchema = z.object({
  view: otherwise(z.enum(views), 'breakdown'),
  span: otherwise(spanSchema, '7d'),
  stack: otherwise(z.enum(stacks), 'model'),
  tab: otherwise(z.enum(tabs), 'model'),
  chips: otherwise(z.array(chipSchema), []),
  /** Where Escape leads back to, newest last. */
  trail: otherwise(z.array(placeSchema), []),
  /** By table; `prices` has its own. */
  sort: otherwise(z.record(z.string(), sortSchema), {}),
  search: otherwise(z.string(), ''),
  priceSearch: otherwise(z.string(), ''),
  /** First call of the page on screen. */
  offset: otherwise(z.int().check(z.minimum(0)), 0),
  /** Ids of the calls that stand open. */
  open: otherwise(z.array(z.number()), []),
  /** Series taken out of the chart by its legend. */
  hidden: otherwise(z.array(z.string()), []),
});
export type UiState = z.infer<typeof uiStateSchema>;
export type TableName = (typeof tableNames)[number];
export type Tab = (typeof tabs)[number];
export type Stack = (typeof stacks)[number];
export type ViewName = (typeof views)[number];

export function restoreUiState(saved: unknown): UiState {
  const parsed = uiStateSchema.safeParse(saved ?? {});
  return parsed.success ? parsed.data : uiStateSchema.parse({});
}

export function filterOf(chips: readonly Chip[]): Filter {
  return Object.fromEntries(chips.map((chip) => [chip.dimension, chip.value]));
}

/** Where a click on a row of a table leads: the next question people ask of what they picked. */
const next: Readonly<Record<TableName, Tab>> = {
  agent: 'model',
  model: 'session',
  project: 'session',
  branch: 'session',
  day: 'session',
  session: 'calls',
};

/** Narrows to one row and moves on to a table not yet narrowed. A dimension holds one value at a time. */
export function drillDown(ui: UiState, chip: Chip, from: TableName): UiState {
  const chips = [...ui.chips.filter((c) => c.dimension !== chip.dimension), chip];
  let tab: Tab = next[from];
  while (tab !== 'calls' && chips.some((c) => c.dimension === tab)) tab = next[tab];
  return {
    ...ui,
    ...fresh,
    chips,
    tab,
    trail: [...ui.trail, { tab: ui.tab, chips: ui.chips }].slice(-20),
  };
}

export function removeChip(ui: UiState, dimension: Dimension): UiState {
  return { ...ui, ...fresh, chips: ui.chips.filter((c) => c.dimension !== dimension) };
}

/** One step back; without a trail the last chip goes. Null when there is nothing to leave. */
export function goBack(ui: UiState): UiState | null {
  const place = ui.trail.at(-1);
  if (place !== undefined) return { ...ui, ...fresh, ...place, trail: ui.trail.slice(0, -1) };
  const chip = ui.chips.at(-1);
  return chip === undefined ? null : removeChip(ui, chip.dimension);
}

/** What a new place starts with. */
const fresh = { search: '', offset: 0, open: [] as number[] };
