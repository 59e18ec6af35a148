import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { isRecord } from './shape.ts';

/** The value at a path of a settings file's JSON, comments allowed; undefined when it is not there or cannot be read. */
export function jsonAt(text: string | null, ...path: readonly string[]): unknown {
  return at(text === null ? undefined : (parseJsonc(text, [], { allowTrailingComma: true }) as unknown), path);
}

/** The same for TOML. */
export function tomlAt(text: string | null, ...path: readonly string[]): unknown {
  try {
    return at(text === null ? undefined : parseToml(text), path);
  } catch {
    return undefined;
  }
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((within, key) => (isRecord(within) ? within[key] : undefined), value);
}
