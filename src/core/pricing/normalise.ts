// Model ids come dressed by hosts, dates and context flags. They are undressed step by step and looked up exactly at
// each step; a shorter id is never taken for a longer one.

/** Hosts and vendors that write their name before the model's, as in `anthropic/claude-opus-5`. */
const pathSegments = new Set(
  (
    'anthropic openai google models publishers vertex vertex_ai bedrock azure azure_ai github_copilot github-copilot ' +
    'openrouter deepseek x-ai xai moonshotai moonshot zai z-ai zhipuai mistral mistralai gemini'
  ).split(' '),
);

const providerNames = new Map([
  ['bedrock', 'aws'],
  ['amazon-bedrock', 'aws'],
  ['vertex', 'google'],
  ['google-vertex', 'google'],
  ['vertex_ai', 'google'],
  ['gemini', 'google'],
  ['foundry', 'azure'],
  ['azure_openai', 'azure'],
  ['azure-openai', 'azure'],
  ['copilot', 'github-copilot'],
  ['github_copilot', 'github-copilot'],
  ['xai', 'x-ai'],
  ['moonshot', 'moonshotai'],
  ['z-ai', 'zai'],
  ['zhipu', 'zhipuai'],
  ['mistralai', 'mistral'],
]);

export function normaliseProvider(provider: string): string {
  const lower = provider.toLowerCase();
  return providerNames.get(lower) ?? lower;
}

export interface Candidates {
  /** Spellings to look up exactly, the record's own first. */
  readonly names: readonly string[];
  /** Bedrock's inference profile: `global` has no regional premium. */
  readonly global: boolean;
}

const bedrockRegion = /^(?:us|eu|apac|jp|au|ca|in|us-gov|global)\./;
const bedrockVendor = /^(?:anthropic|openai)\./;
const steps: readonly ((id: string) => string)[] = [
  stripPath,
  (id) => id.replace(/\[[^\]]*\]$/, ''),
  (id) => id.replace(/@[\w.-]+$/, ''),
  (id) => id.replace(/(?:-v\d+)?(?::\d+)$|-v\d+$/, ''),
  (id) => id.replace(bedrockRegion, ''),
  (id) => id.replace(bedrockVendor, ''),
  // Copilot and OpenRouter write Anthropic's versions with a dot.
  (id) => (id.startsWith('claude-') ? id.replaceAll(/(?<=\d)\.(?=\d)/g, '-') : id),
];

/** No real id is this long; a hostile one is not worth the work. */
const longestId = 200;

export function candidates(id: string): Candidates {
  if (id.length > longestId) return { names: [], global: false };
  const names = new Set<string>();
  let name = id.trim().toLowerCase();
  const add = (): unknown => names.add(name).add(stripDate(name));
  add();
  for (const step of steps) {
    name = step(name);
    add();
  }
  return { names: [...names], global: /(?:^|\/)global\./.test(id.toLowerCase()) };
}

/** Vendors date their snapshots `-20250929` or `-2026-03-05`. */
function stripDate(id: string): string {
  return id.replace(
    /-20\d{2}(?:-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/,
    '',
  );
}

function stripPath(id: string): string {
  const segments = id.split('/');
  while (segments.length > 1 && pathSegments.has(segments[0] ?? '')) segments.shift();
  return segments.join('/');
}
