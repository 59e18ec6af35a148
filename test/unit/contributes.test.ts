import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { commandId, commandNames, commandTitles } from '../../src/core/commands.ts';
import { defaultSettings, settingsSchema } from '../../src/core/settings.ts';

const localised = z.record(z.string(), z.string());
const property = z.looseObject({ scope: z.string(), default: z.unknown(), markdownDescription: z.string() });
const manifestSchema = z.looseObject({
  icon: z.string(),
  extensionKind: z.array(z.string()),
  activationEvents: z.array(z.string()),
  capabilities: z.looseObject({
    untrustedWorkspaces: z.looseObject({ supported: z.union([z.boolean(), z.string()]), description: z.string() }),
  }),
  contributes: z.looseObject({
    commands: z.array(z.looseObject({ command: z.string(), title: z.string(), category: z.string() })),
    menus: z.looseObject({ commandPalette: z.array(z.object({ command: z.string(), when: z.string() })) }),
    configuration: z.looseObject({ properties: z.record(z.string(), property) }),
    configurationDefaults: z.object({
      'remote.portsAttributes': z.record(z.string(), z.object({ onAutoForward: z.string() })),
    }),
    walkthroughs: z.array(
      z.looseObject({
        steps: z.array(
          z.looseObject({
            description: z.string(),
            media: z.object({ markdown: z.string() }),
            completionEvents: z.array(z.string()).optional(),
          }),
        ),
      }),
    ),
  }),
});
type Manifest = z.infer<typeof manifestSchema>;
type Strings = z.infer<typeof localised>;

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const manifest = manifestSchema.parse(read('package.json'));
const strings = localised.parse(read('package.nls.json'));

/** Where the manifest and the one settings schema say different things. */
function settingsDrift({ contributes }: Manifest): string[] {
  const { properties } = contributes.configuration;
  const drift: string[] = [];
  for (const key of Object.keys(settingsSchema.shape)) {
    if (!(`burnMeter.${key}` in properties)) drift.push(`${key} is not contributed`);
  }
  for (const [id, found] of Object.entries(properties)) {
    const key = id.replace('burnMeter.', '');
    const field = Object.entries(settingsSchema.shape).find(([name]) => name === key)?.[1];
    if (field === undefined) drift.push(`${id} is in no schema`);
    else drift.push(...propertyDrift(key, found, z.toJSONSchema(field, { io: 'input', target: 'draft-7' })));
  }
  return drift;
}

/** Rules both sides state: type, choices, bounds, items, the shape of an entry, and the default. */
const rules = ['type', 'enum', 'minimum', 'maximum', 'items', 'default'] as const;

function propertyDrift(key: string, found: Record<string, unknown>, wanted: Record<string, unknown>): string[] {
  const expected: Record<string, unknown> = {
    ...wanted,
    default: new Map<string, unknown>(Object.entries(defaultSettings)).get(key),
  };
  const drift = rules.filter((rule) => JSON.stringify(found[rule]) !== JSON.stringify(expected[rule]));
  return [
    ...drift.map((rule) => `${key}.${rule} is ${JSON.stringify(found[rule])}, not ${JSON.stringify(expected[rule])}`),
    ...inside.flatMap((part) => {
      const [is, should] = [shapeOf(found[part]), shapeOf(expected[part])];
      return is === should ? [] : [`${key}.${part} are ${is}, not ${should}`];
    }),
  ];
}

/** What an object-valued setting may hold: the keys it names, and any others. */
const inside = ['properties', 'additionalProperties'] as const;

function shapeOf(part: unknown): string {
  return JSON.stringify(withoutWords(part)) ?? 'none';
}

/** A schema without what only people or only zod need, in one order. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, to]) => !(['description', 'pattern'].includes(key) && typeof to === 'string'),
  );
  return Object.fromEntries(
    kept.map(([key, to]) => [key, withoutWords(to)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Where the manifest and the one command table say different things. */
function commandDrift({ contributes }: Manifest, words: Strings): string[] {
  const title = (text: string) => text.replace(/^%(.*)%$/, (_, key: string) => words[key] ?? `no string ${key}`);
  const contributed = contributes.commands.map((c) => `${c.category}: ${c.command} "${title(c.title)}"`);
  const table = commandNames.map((name) => `Burn Meter: ${commandId(name)} "${commandTitles[name]}"`);
  const conditions = contributes.menus.commandPalette.map((item) => item.command);
  const walked = contributes.walkthroughs.flatMap((w) => w.steps.flatMap((s) => linkedCommands(title(s.description))));
  const known = new Set(commandNames.map(commandId));
  return [
    ...table.filter((line) => !contributed.includes(line)).map((line) => `missing ${line}`),
    ...contributed.filter((line) => !table.includes(line)).map((line) => `surplus ${line}`),
    ...[...conditions, ...walked].filter((id) => !known.has(id)).map((id) => `no command ${id}`),
  ];
}

function linkedCommands(text: string): string[] {
  return [...text.matchAll(/\(command:(burnMeter\.\w+)/g)].map((match) => match[1] ?? '');
}

const altered = (change: (copy: Manifest) => void): Manifest => {
  const copy = structuredClone(manifest);
  change(copy);
  return copy;
};
const setting = (copy: Manifest, key: string) => {
  const found = copy.contributes.configuration.properties[`burnMeter.${key}`];
  assert.ok(found);
  return found;
};

/** The keys that an object-valued setting names. */
const keysOf = (copy: Manifest, key: string) => {
  const { properties } = setting(copy, key);
  assert.ok(typeof properties === 'object' && properties !== null);
  return properties as Record<string, unknown>;
};

describe('package.json', () => {
  it('contributes exactly the settings of the schema', () => assert.deepEqual(settingsDrift(manifest), []));
  it('contributes exactly the commands of the table', () => assert.deepEqual(commandDrift(manifest, strings), []));

  const planted: readonly (readonly [string, (copy: Manifest) => void, RegExp])[] = [
    ['a missing setting', (m) => delete m.contributes.configuration.properties['burnMeter.billing'], /billing is not/],
    [
      'a surplus setting',
      (m) => Object.assign(m.contributes.configuration.properties, { 'burnMeter.x': {} }),
      /\.x is in/,
    ],
    [
      'another default',
      (m) => Object.assign(setting(m, 'warnAbove'), { default: 2 }),
      /warnAbove\.default is 2, not 1/,
    ],
    ['another choice', (m) => Object.assign(setting(m, 'billing'), { enum: ['auto'] }), /billing\.enum/],
    ['a lost bound', (m) => Object.assign(setting(m, 'dailyBudget'), { minimum: undefined }), /dailyBudget\.minimum/],
    ['another type', (m) => Object.assign(setting(m, 'refreshPrices'), { type: 'string' }), /refreshPrices\.type/],
    [
      'other entries',
      (m) => Object.assign(setting(m, 'modelAliases'), { additionalProperties: {} }),
      /modelAliases\.additional/,
    ],
    ['a rule too few', (m) => delete keysOf(m, 'preflightRules')['coldCache'], /preflightRules\.properties are/],
    [
      'a rule too many',
      (m) => Object.assign(keysOf(m, 'preflightRules'), { x: { type: 'string' } }),
      /preflightRules\.properties are/,
    ],
    [
      "a rule's lost choice",
      (m) =>
        Object.assign(keysOf(m, 'preflightRules'), { thinking: { type: 'string', enum: ['ask'], default: 'ask' } }),
      /preflightRules\.properties are/,
    ],
    [
      "a rule's other default",
      (m) => Object.assign(setting(m, 'preflightRules'), { default: { heavyTask: 'warn' } }),
      /preflightRules\.default/,
    ],
    [
      'rules of any name',
      (m) => Object.assign(setting(m, 'preflightRules'), { additionalProperties: true }),
      /preflightRules\.additionalProperties are/,
    ],
    [
      'a cap that may be nothing',
      (m) => Object.assign(setting(m, 'caps'), { additionalProperties: { type: 'object' } }),
      /caps\.additionalProperties are/,
    ],
  ];
  for (const [name, change, found] of planted) {
    it(`is found out with ${name}`, () => assert.match(settingsDrift(altered(change)).join('\n'), found));
  }

  const commandsPlanted: readonly (readonly [string, (copy: Manifest) => void, RegExp])[] = [
    ['a missing command', (m) => m.contributes.commands.pop(), /missing Burn Meter: burnMeter\.resumeScan/],
    ['another title', (m) => Object.assign(m.contributes.commands[0] ?? {}, { title: 'Open' }), /surplus.*"Open"/],
    ['another category', (m) => Object.assign(m.contributes.commands[0] ?? {}, { category: 'BM' }), /surplus BM:/],
    ['a string nobody wrote', (m) => Object.assign(m.contributes.commands[0] ?? {}, { title: '%x%' }), /no string x/],
    [
      'a condition on no command',
      (m) => m.contributes.menus.commandPalette.push({ command: 'a', when: '' }),
      /no command a/,
    ],
  ];
  for (const [name, change, found] of commandsPlanted) {
    it(`is found out with ${name}`, () => assert.match(commandDrift(altered(change), strings).join('\n'), found));
  }

  it('has every string that it names, and no other', () => {
    const named = new Set(
      [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? ''),
    );
    assert.deepEqual([...named].toSorted(), Object.keys(strings).toSorted());
  });

  it('has every file that it names', () => {
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const files = [manifest.icon, ...steps.map((step) => step.media.markdown)];
    assert.equal(steps.length, 4);
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('lets nobody name a cap’s folder that settings leave out', () => {
    const names = z.object({ pattern: z.string() }).parse(setting(manifest, 'caps')['propertyNames']);
    const schema = z.toJSONSchema(settingsSchema.shape.caps, { io: 'input', target: 'draft-7' });
    assert.equal(names.pattern, z.object({ pattern: z.string() }).parse(schema.propertyNames).pattern);
  });

  it('has no remote window forward the engine’s own port', () => {
    const ports = manifest.contributes.configurationDefaults['remote.portsAttributes'];
    const what = (commandLine: string) =>
      Object.entries(ports).flatMap(([pattern, { onAutoForward }]) =>
        new RegExp(pattern).test(commandLine) ? [onAutoForward] : [],
      );
    const server = '/home/me/.vscode-server';
    assert.deepEqual(what(`${server}/node ${server}/extensions/burn-meter.burn-meter-0.1.0/dist/engine.js`), [
      'ignore',
    ]);
    assert.deepEqual(what(String.raw`node C:\work\burn-meter\dist\engine.js`), ['ignore']);
    assert.deepEqual(what('node /home/me/game/dist/engine.js'), []);
  });

  it('lets no workspace change what is read, priced or sent', () => {
    const { properties } = manifest.contributes.configuration;
    const window = Object.entries(properties).filter(([, { scope }]) => !['application', 'machine'].includes(scope));
    assert.deepEqual(
      window.map(([id]) => id),
      ['burnMeter.leadingFigure'],
    );
  });

  it('meters in an untrusted workspace, and says what it leaves alone there', () => {
    const { supported, description } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.match(strings[description.replaceAll('%', '')] ?? '', /neither installed nor answered/);
  });

  it('runs where the agents run, without being asked', () => {
    assert.deepEqual([manifest.extensionKind, manifest.activationEvents], [['workspace'], ['onStartupFinished']]);
  });
});
