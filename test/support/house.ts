import { posix } from 'node:path';

// The house's invariants over a map from path to text, so that each can be tried on planted violations.

export type Files = ReadonlyMap<string, string>;

interface Import {
  readonly from: string;
  /** A package, or a path from the repository's root. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** What each room may import, by path of the importing file; first match wins. `types` adds what `import type` may. */
const rooms: readonly { readonly room: RegExp; readonly may: readonly RegExp[]; readonly types?: readonly RegExp[] }[] =
  [
    // A source knows the facts it makes and how they are told apart, nothing of prices, ledgers or views.
    { room: /^src\/core\/sources\//, may: [/^zod$/, /^src\/core\/(sources\/|usage\.ts$|identity\.ts$)/] },
    // The one place that reads and writes JSON with comments, and TOML. It knows no agent.
    { room: /^src\/core\/settingsText\//, may: [/^jsonc-parser$/, /^smol-toml$/, /^src\/core\/settingsText\//] },
    { room: /^src\/core\//, may: [/^zod$/, /^src\/core\//] },
    {
      room: /^src\/engine\/tokens\/thread\.ts$/,
      may: [/^node:(fs\/promises|worker_threads)$/, /^zod$/, /^tiktoken\/lite\/init$/, /^src\/core\/tokens\//],
    },
    { room: /^src\/engine\//, may: [/^node:/, /^zod$/, /^src\/(core|engine)\//, /^package\.json$/] },
    {
      room: /^src\/vscode\/engineProcess\.ts$/,
      may: [/^node:child_process$/, /^zod$/, /^src\/(core|vscode)\//],
    },
    { room: /^src\/vscode\/intl\.ts$/, may: [/^node:worker_threads$/] },
    { room: /^src\/vscode\/window\.ts$/, may: [/^vscode$/, /^node:os$/, /^src\/(core|vscode)\//] },
    { room: /^src\/vscode\//, may: [/^vscode$/, /^zod$/, /^src\/(core|vscode)\//] },
    { room: /^src\/extension\.ts$/, may: [/^vscode$/, /^src\/(core|vscode)\//] },
    {
      room: /^media\//,
      may: [
        /^media\//,
        /^zod\/mini$/,
        /^lit(\/|$)/,
        /^@vscode-elements\//,
        /^src\/core\/(totals|usage|format|period|translate|folderName)\.ts$/,
      ],
      // Their values would bring the whole of zod into the page.
      types: [/^src\/core\/(snapshot|panelProtocol|query|pricing\/charge|guard\/verdict)\.ts$/],
    },
  ];

/** What core must be told instead of asking for it. The compiler forbids the rest (`types: []`). */
const surroundings: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bDate\(\s*\)/,
  /\bMath\.random\b/,
  /\bDateTimeFormat\(\s*\)/,
  /\.toLocale\w*String\(\s*\)/,
];

const habits: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'module-level mutable state', pattern: /^(export )?(let|var) /m },
  { name: 'default export', pattern: /^export default /m },
  { name: 'barrel', pattern: /^export \* /m },
  // Agents that know only commands drop a whole shared file over one.
  { name: 'an http hook', pattern: /\btype\\?['"]?\s*:\s*\\?['"`]http\b/ },
];

/** The lists that an agent stands in, each with a file or files of its own that begin with its name. */
const agentRoom = /^src\/core\/(sources|hooks|thinking)\//;
/** Where agents' names are models' too. */
const modelRoom = /^src\/core\/(pricing|tokens)\//;

const longestFile = 300;

/** Every breach, as `path: what is wrong`; empty when the house is in order. */
export function breaches(files: Files): string[] {
  const modules = [...files].filter(([path]) => /^(src|media)\/.*\.ts$/.test(path));
  const imports = modules.flatMap(([path, text]) => importsOf(path, text));
  const agents = agentsOf(files);
  return [
    ...imports.flatMap(layerBreach),
    ...imports.flatMap((one) => agentImportBreach(one, agents)),
    ...modules.flatMap(([path, text]) => agentNameBreach(path, withoutComments(text), agents)),
    ...modules.flatMap(([path, text]) => textBreaches(path, withoutComments(text))),
    ...modules.filter(([, text]) => text.split('\n').length - 1 > longestFile).map(([path]) => `${path}: too long`),
    ...modules.filter(([path]) => /\/(utils?|helpers?|misc)\.ts$/.test(path)).map(([path]) => `${path}: a drawer`),
    ...cycles(imports),
  ].toSorted();
}

/** The agents that the house knows, by what their files call themselves. */
export function agentsOf(files: Files): readonly string[] {
  const own = [...files].filter(([path]) => agentRoom.test(path));
  const ids = own.flatMap(([, text]) => [...text.matchAll(/^(?:const id = |  id: )'([\w-]+)'/gm)]);
  return [...new Set(ids.map(([, id = '']) => id))];
}

/** Adding an agent touches its own files and the lists: nobody else knows it by name … */
function agentNameBreach(path: string, code: string, agents: readonly string[]): string[] {
  if (modelRoom.test(path)) return [];
  const others = agents.filter((agent) => !isOwnFile(path, agent));
  return others
    .filter((agent) => new RegExp(`['"\`]${agent}['"\`]`).test(code))
    .map((agent) => `${path}: knows an agent by name (${agent})`);
}

/** … nor takes anything from its files, but the lists and other agents, some of which run each other's hooks. */
function agentImportBreach({ from, to }: Import, agents: readonly string[]): string[] {
  const isAgents = (path: string): boolean => agents.some((agent) => isOwnFile(path, agent));
  const mayKnow = isAgents(from) || (agentRoom.test(from) && from.endsWith('/index.ts'));
  return isAgents(to) && !mayKnow ? [`${from}: knows an agent by its file (${to})`] : [];
}

function isOwnFile(path: string, agent: string): boolean {
  return agentRoom.test(path) && new RegExp(`^${agent}(?![a-z])`).test(posix.basename(path));
}

export function importsOf(path: string, text: string): Import[] {
  const code = withoutComments(text);
  const found = [
    ...code.matchAll(/^\s*(?:import|export)\s+(?<type>type\s)?[^;'"]*?\bfrom\s*['"](?<to>[^'"]+)['"]/gm),
    ...code.matchAll(/\b(?:import|require)\s*\(?\s*['"](?<to>[^'"]+)['"]/g),
  ];
  return found.map(({ groups }) => ({
    from: path,
    to: resolved(path, groups?.['to'] ?? ''),
    typeOnly: groups?.['type'] !== undefined,
  }));
}

function resolved(from: string, to: string): string {
  return to.startsWith('.') ? posix.join(posix.dirname(from), to) : to;
}

function layerBreach({ from, to, typeOnly }: Import): string[] {
  const rule = rooms.find(({ room }) => room.test(from));
  if (rule === undefined) return [`${from}: stands in no room`];
  const may = typeOnly ? [...rule.may, ...(rule.types ?? [])] : rule.may;
  return may.some((pattern) => pattern.test(to)) ? [] : [`${from}: must not import ${to}`];
}

function textBreaches(path: string, code: string): string[] {
  const asked = path.startsWith('src/core/') ? surroundings.filter((pattern) => pattern.test(code)) : [];
  return [
    ...asked.map((pattern) => `${path}: asks its surroundings (${pattern.source})`),
    ...habits.filter(({ pattern }) => pattern.test(code)).map(({ name }) => `${path}: ${name}`),
  ];
}

function cycles(imports: readonly Import[]): string[] {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports) graph.set(from, [...(graph.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push(`${path}: import cycle ${[...trail.slice(at), path].join(' → ')}`);
    if (at >= 0 || done.has(path)) return;
    for (const to of graph.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}
