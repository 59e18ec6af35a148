// Compiles the listed prices from @pydantic/genai-prices into listed.generated.json. Runs before bundling and before
// tests; also by hand: node src/core/pricing/generate.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findProvider } from '@pydantic/genai-prices';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** The package names its version but not its day: when each version we have used was published. */
const published = { '0.1.8': '2026-09-23' };

const providers = 'anthropic openai google aws azure github-copilot deepseek x-ai moonshotai zai zhipuai mistral'.split(
  ' ',
);

export async function writeListedRates() {
  const version = await packageVersion();
  const date = published[version];
  if (date === undefined)
    throw new Error(`When was @pydantic/genai-prices ${version} published? Add it to generate.mjs.`);
  const { slimTable } = await importTypeScript(join(here, 'slim.ts'));
  // The package's tiers are class instances; as JSON they have the shape of the published file.
  const upstream = JSON.parse(JSON.stringify(providers.map((providerId) => findProvider({ providerId }))));
  const table = slimTable(upstream, `genai-prices ${version}`, date);
  const models = table.models.map((m) => JSON.stringify(m)).join(',\n');
  const { source } = table;
  const text = `{"source":${JSON.stringify(source)},"date":${JSON.stringify(date)},"models":[\n${models}\n]}\n`;
  await writeFile(join(here, 'listed.generated.json'), text);
}

async function packageVersion() {
  const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
  return JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')).version;
}

/** The system's Node may be too old to run TypeScript itself. */
async function importTypeScript(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await writeListedRates();
