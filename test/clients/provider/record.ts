// What the fake provider keeps of a request: sizes and names, no text.

export type Api = 'anthropic' | 'responses' | 'chat' | 'gemini';

/** Whose words a block carries; `tools` are the definitions of tools, `tool` is what one answered. */
export type Role = 'system' | 'tools' | 'user' | 'assistant' | 'tool';

/** One content block of a request. */
export interface Block {
  readonly role: Role;
  /** As the API names it: `text`, `tool_use`, `function_call_output`, `reasoning`, … */
  readonly type: string;
  /** The tool that is defined, called or answers; null for other blocks. */
  readonly tool: string | null;
  /** UTF-8 bytes of the block's JSON, its cache mark left out. */
  readonly bytes: number;
  /** The lifetime that the block's cache mark asks for. */
  readonly cache: '5m' | '1h' | null;
}

/** What one request is billed; the classes are disjoint, thinking is a part of output. */
export interface Bill {
  /** The answer's id, as the client's records name it. */
  readonly id: string;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly thinking: number;
}

/** Which script answers: the conversation itself, a subagent's, or a request on the side such as a title. */
export type Lane = 'main' | 'sub' | 'aux';

/** A request for an answer of a model. */
export interface ModelRequest {
  readonly seq: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly api: Api;
  readonly model: string;
  readonly lane: Lane;
  /** Bytes of the body, unpacked. */
  readonly bytes: number;
  /** In the order the model reads them. */
  readonly blocks: readonly Block[];
  /** The request's own ceiling on output tokens, and the effort it asks for. */
  readonly maxOutput: number | null;
  readonly effort: string | null;
  /** Null when the request was refused. */
  readonly bill: Bill | null;
}

/** Bytes by `role/type/tool`. */
export function bytesByKind(blocks: readonly Block[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { role, type, tool, bytes } of blocks) {
    const kind = [role, type, ...(tool === null ? [] : [tool])].join('/');
    sums[kind] = (sums[kind] ?? 0) + bytes;
  }
  return sums;
}
