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
  /**
   * The file ends here for now: takes its last line too when that is a whole JSON object and only the line break is
   * missing. The break itself may still come; it then ends an empty rest of the same line.
   */
  takeLast(): void;
  /** Position after the last line that was taken. */
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

  /** The line at hand is over; `bytes` is null when nothing in it matters. */
  const finish = (length: number, bytes: Buffer | null) => {
    if (bytes !== null && length > maxLine) sink.tooLong({ offset, line, bytes: length });
    else if (bytes !== null) sink.line({ text: decode(bytes, offset === 0), offset, line });
    offset += length + 1;
    line += 1;
  };

  return {
    push: (chunk) => {
      let start = 0;
      if (torn !== null) {
        const end = chunk.indexOf(newline);
        if (end < 0) return torn.add(chunk);
        torn.add(chunk.subarray(0, end));
        finish(torn.length, torn.marked ? torn.bytes() : null);
        torn = null;
        start = end + 1;
      }
      const hit = createMarkerSearch(chunk, markers);
      for (let end = chunk.indexOf(newline, start); end >= 0; end = chunk.indexOf(newline, start)) {
        finish(end - start, hit(start) < end ? chunk.subarray(start, end) : null);
        start = end + 1;
      }
      if (start < chunk.length) {
        torn = createTorn(markers, maxLine);
        torn.add(chunk.subarray(start));
      }
    },
    takeLast: () => {
      if (torn === null || !torn.marked || torn.length > maxLine) return;
      const text = decode(torn.bytes(), offset === 0);
      if (!isWholeObject(text)) return;
      sink.line({ text, offset, line });
      offset += torn.length;
      torn = null;
    },
    get offset() {
      return offset;
    },
    get line() {
      return line;
    },
  };
}

/** No beginning of an object is an object itself, so one that parses has no more to come. */
function isWholeObject(text: string): boolean {
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Without the carriage return before a line break, and without the byte order mark that may begin a file. */
function decode(bytes: Buffer, atStart: boolean): string {
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  const start = atStart && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.toString('utf8', start, end);
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
