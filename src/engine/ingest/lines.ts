/** A whole line without its line break. */
export interface Line {
  readonly text: string;
  /** Bytes from the file's start. */
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
}

/** A line too long to read, with a marker in it. */
export interface LongLine {
  readonly offset: number;
  readonly line: number;
  readonly bytes: number;
}

export interface LineSink {
  line(line: Line): void;
  tooLong(line: LongLine): void;
}

export interface LineScanner {
  /** Takes the next bytes of the file. They are not kept beyond the call. */
  push(chunk: Buffer): void;
  /** Position after the last whole line. */
  readonly offset: number;
  readonly line: number;
}

export interface LineScannerOptions {
  readonly offset: number;
  readonly line: number;
  /** A line without any of them is never decoded; without markers every line is. */
  readonly markers: readonly Buffer[];
  /** Bytes; a longer line is not read. */
  readonly maxLine: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Cuts a stream of bytes into lines and decodes those that hold a marker. Invalid UTF-8 becomes U+FFFD. */
export function createLineScanner(options: LineScannerOptions, sink: LineSink): LineScanner {
  const { markers, maxLine } = options;
  let { offset, line } = options;
  let torn: Torn | null = null;

  const whole = (bytes: Buffer) => {
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    const start = offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    sink.line({ text: bytes.toString('utf8', start, end), offset, line });
  };

  /** Ends the line that earlier chunks began. */
  const finish = (begun: Torn, rest: Buffer) => {
    begun.add(rest);
    if (begun.marked && begun.length > maxLine) sink.tooLong({ offset, line, bytes: begun.length });
    else if (begun.marked) whole(begun.bytes());
    offset += begun.length + 1;
    line += 1;
  };

  return {
    push: (chunk) => {
      let start = 0;
      if (torn !== null) {
        const end = chunk.indexOf(newline);
        if (end < 0) return torn.add(chunk);
        finish(torn, chunk.subarray(0, end));
        torn = null;
        start = end + 1;
      }
      const hit = createMarkerSearch(chunk, markers);
      for (let end = chunk.indexOf(newline, start); end >= 0; end = chunk.indexOf(newline, start)) {
        if (hit(start) < end) {
          if (end - start > maxLine) sink.tooLong({ offset, line, bytes: end - start });
          else whole(chunk.subarray(start, end));
        }
        offset += end - start + 1;
        line += 1;
        start = end + 1;
      }
      if (start < chunk.length) {
        torn = createTorn(markers, maxLine);
        torn.add(chunk.subarray(start));
      }
    },
    get offset() {
      return offset;
    },
    get line() {
      return line;
    },
  };
}

/** Where the next marker at or after a place begins; each marker is searched once over the whole chunk. */
function createMarkerSearch(chunk: Buffer, markers: readonly Buffer[]): (from: number) => number {
  if (markers.length === 0) return () => -1;
  const find = (marker: Buffer, from: number) => {
    const at = chunk.indexOf(marker, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  const next = markers.map(() => -1);
  return (from) => {
    let first = Number.POSITIVE_INFINITY;
    for (const [i, marker] of markers.entries()) {
      if ((next[i] ?? -1) < from) next[i] = find(marker, from);
      first = Math.min(first, next[i] ?? first);
    }
    return first;
  };
}

interface Torn {
  add(bytes: Buffer): void;
  bytes(): Buffer;
  readonly length: number;
  readonly marked: boolean;
}

/** A line over several chunks. Beyond `maxLine` its bytes are let go, but a marker in it is still looked for. */
function createTorn(markers: readonly Buffer[], maxLine: number): Torn {
  const overlap = Math.max(0, ...markers.map((marker) => marker.length - 1));
  let pieces: Buffer[] = [];
  let seam = Buffer.alloc(0);
  let length = 0;
  let marked = markers.length === 0;
  const holds = (bytes: Buffer) => markers.some((marker) => bytes.includes(marker));
  return {
    add: (bytes) => {
      // A marker may lie across the seam of two chunks.
      marked ||= holds(bytes) || holds(Buffer.concat([seam, bytes.subarray(0, overlap)]));
      seam = Buffer.concat([seam, bytes.subarray(Math.max(0, bytes.length - overlap))]).subarray(-overlap || undefined);
      length += bytes.length;
      if (length > maxLine) pieces = [];
      else pieces.push(Buffer.from(bytes));
    },
    bytes: () => Buffer.concat(pieces),
    get length() {
      return length;
    },
    get marked() {
      return marked;
    },
  };
}
