import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hasEnded } from '../hasEnded.ts';

// The loopback server of one window. Other programs of this machine, and through a browser any web page, can reach its
// port: who does not show the token is turned away before a byte of the body is read.

export interface HookCall {
  /** Whose hook it is, and its event. */
  readonly agent: string;
  readonly event: string;
  /** What the agent said, as it came. */
  readonly body: string;
  /** Passed on by another window, so not to be passed on again. */
  readonly isForwarded: boolean;
  /** Aborted when nobody waits for the answer any more: the agent gave up, or went on. */
  readonly signal: AbortSignal;
}

export interface Limits {
  readonly bodyBytes: number;
  /** Bytes of all bodies that are coming in or at work. */
  readonly totalBytes: number;
  /** Calls at work at once. */
  readonly calls: number;
  /** Connections that have not shown the token yet; more of them push the oldest out. */
  readonly connections: number;
  /** Milliseconds for a request's headers, and for all of it, to come in. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Milliseconds between two looks for connections that took too long. */
  readonly checkMs: number;
  /** Milliseconds between two signs of life while an answer is awaited. */
  readonly signMs: number;
}

const defaultLimits: Limits = {
  bodyBytes: 16_000_000,
  totalBytes: 64_000_000,
  calls: 32,
  connections: 100,
  headersMs: 2000,
  requestMs: 10_000,
  checkMs: 1000,
  signMs: 1000,
};

export interface HookServerOptions {
  readonly token: string;
  /** The text to print. When it rejects, the relay turns to the next window or the guard. */
  readonly answer: (call: HookCall) => Promise<string>;
  /** Told once for each kind of abuse, in words without any of its content. */
  readonly onAbuse: (what: string) => void;
  readonly limits?: Partial<Limits>;
}

export interface HookServer {
  readonly port: number;
  /** Ends at once, calls at work included. */
  close(): void;
}

export const forwardedHeader = 'x-burn-meter-forwarded';
/** The process for which the relay asks: an agent that gives up may end it and leave the relay behind. */
const forHeader = 'x-burn-meter-for';
/** Keeps the relay from taking the window to hang; it strips them off. */
const sign = ' '.repeat(8);

/** Serves on a port of the system's choice. Rejects when there is none. */
export async function startServer(options: HookServerOptions): Promise<HookServer> {
  const limits = { ...defaultLimits, ...options.limits };
  const told = new Set<string>();
  const abuse = (what: string): void => {
    if (!told.has(what)) options.onAbuse(what);
    told.add(what);
  };
  const server = createServer({
    connectionsCheckingInterval: limits.checkMs,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    maxHeaderSize: 8192,
    keepAlive: false,
  });
  const strangers = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    strangers.add(socket);
    socket.once('close', () => strangers.delete(socket));
    const [oldest] = strangers.size > limits.connections ? strangers : [];
    if (oldest === undefined) return;
    abuse('too many connections');
    oldest.destroy();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A relay that was stopped by its agent is no abuse.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') abuse(faultOf(error));
    socket.destroy();
  });
  await listen(server);
  const port = portOf(server);
  serve(server, { ...options, limits, port, abuse, strangers });
  return {
    port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Serving extends HookServerOptions {
  readonly limits: Limits;
  readonly port: number;
  readonly abuse: (what: string) => void;
  readonly strangers: Set<Socket>;
}

function serve(server: Server, serving: Serving): void {
  const { limits, abuse, strangers } = serving;
  let [calls, bytes] = [0, 0];
  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const announced = announcedBytes(request, limits);
    const isBusy = calls >= limits.calls || bytes + announced > limits.totalBytes;
    const fault = refusalOf(request, serving) ?? (isBusy ? busy : null);
    if (fault !== null) {
      abuse(fault.what);
      return refuse(request, response, fault.status);
    }
    strangers.delete(request.socket);
    [calls, bytes] = [calls + 1, bytes + announced];
    response.once('close', () => ([calls, bytes] = [calls - 1, bytes - announced]));
    void take(request, response, serving);
  };
  server.on('request', receive);
  // Answered like any other: who asks first whether to send the body has its headers judged here.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (refusalOf(request, serving) === null) response.writeContinue();
    receive(request, response);
  });
  server.on('upgrade', (_request: IncomingMessage, socket: Socket) => {
    abuse('a wrong request');
    socket.destroy();
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => socket.destroy());
}

interface Refusal {
  readonly status: number;
  readonly what: string;
}

const busy: Refusal = { status: 503, what: 'too many calls at once' };
const hookPath = /^\/v1\/hook\/([\w.-]{1,64})\/([\w.-]{1,64})$/;

function refusalOf(request: IncomingMessage, { token, port, limits }: Serving): Refusal | null {
  const { headers, method, url } = request;
  // A web page that had its own name point here still says its name.
  if (headers.host !== `127.0.0.1:${port}`) return { status: 403, what: 'a wrong Host' };
  if (headers.origin !== undefined) return { status: 403, what: 'a web page' };
  if (!isEqual(headers.authorization ?? '', `Bearer ${token}`)) return { status: 401, what: 'no right token' };
  if (method !== 'POST' || !hookPath.test(url ?? '')) return { status: 404, what: 'a wrong request' };
  if (announcedBytes(request, limits) > limits.bodyBytes) return { status: 413, what: 'too large a body' };
  return null;
}

/** What is not said may be as much as is taken. */
function announcedBytes({ headers }: IncomingMessage, { bodyBytes }: Limits): number {
  const said = headers['content-length'];
  return said === undefined ? bodyBytes : Number(said);
}

/** Takes the same time wherever the texts part. */
function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.on('finish', () => request.socket.destroy());
  response.writeHead(status, { connection: 'close', 'content-length': 0 }).end();
}

/** Null when there is more of it than may be; rejects when the sender is gone. */
async function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Reads and answers a call whose headers are right. Never rejects. */
async function take(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const body = await readBody(request, serving.limits.bodyBytes).catch(() => undefined);
  if (typeof body === 'string') return reply(request, response, body, serving);
  if (body === null) serving.abuse('too large a body');
  response.destroy();
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  serving: Serving,
): Promise<void> {
  const [, agent = '', event = ''] = hookPath.exec(request.url ?? '') ?? [];
  const isForwarded = request.headers[forwardedHeader] !== undefined;
  const asker = Number(request.headers[forHeader]);
  const gone = new AbortController();
  const head = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
  const signs = setInterval(() => {
    if (isGone(asker)) return void response.destroy();
    if (!response.headersSent) response.writeHead(200, head);
    response.write(sign);
  }, serving.limits.signMs);
  response.once('close', () => {
    clearInterval(signs);
    if (!response.writableFinished) gone.abort();
  });
  try {
    const text = await serving.answer({ agent, event, body, isForwarded, signal: gone.signal });
    if (!response.headersSent) response.writeHead(200, { ...head, 'content-length': Buffer.byteLength(text) });
    response.end(text);
  } catch {
    // Half an answer is none: the relay sees that it was cut off.
    if (response.headersSent) response.destroy();
    else refuse(request, response, 503);
  } finally {
    clearInterval(signs);
  }
}

/** Git Bash on Windows numbers its processes on its own. */
function isGone(pid: number): boolean {
  return process.platform !== 'win32' && Number.isSafeInteger(pid) && pid > 0 && hasEnded(pid);
}

function faultOf({ code }: NodeJS.ErrnoException): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'a request that does not end';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers too large' : 'something that is not HTTP';
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the pre-flight server has no port');
  return address.port;
}
