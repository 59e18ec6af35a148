// A tokenizer first splits text into pieces, then merges each piece's bytes in a time that grows with the square of its
// length. Words are short; a megabyte of one letter is one piece and takes half an hour. So runs that may become one
// piece are cut before they are counted. What is cut is counted a little high, by a token at most per cut.

/** Characters (UTF-16 units) up to which a run stays whole and is counted exactly. */
export const longestRun = 256;
/** What a longer run is cut into. */
const slice = 128;

const letter = 1;
const symbol = 2;
const space = 4;
/** After symbols, line breaks and slashes go on with the piece; anything else after a line break begins another. */
const lineBreak = 8;
const slash = 16;

/** Cuts text so that no part holds a run longer than `longestRun`; the parts joined are the text. */
export type CutRuns = (text: string) => readonly string[];

/** Reads the classes of all characters once, in about 10 ms. */
export function createRunCutter(): CutRuns {
  const table = Uint8Array.from({ length: 0x1_00_00 }, (_, code) => classOf(String.fromCharCode(code)));
  const classAt = (text: string, at: number): number => {
    const unit = text.charCodeAt(at);
    return isPairAt(text, at) ? classOf(text.slice(at, at + 2)) : (table[unit] ?? 0);
  };
  return (text) => {
    const cuts = cutsOf(text, classAt);
    return [0, ...cuts].map((from, i) => text.slice(from, cuts[i]));
  };
}

/** Where to cut: one pass that follows the runs of all classes at once, as a character may stand in two. */
function cutsOf(text: string, classAt: (text: string, at: number) => number): readonly number[] {
  const cuts: number[] = [];
  let [letters, symbols, spaces, last] = [0, 0, 0, 0];
  for (let at = 0; at < text.length;) {
    const classes = classAt(text, at);
    if ((last & lineBreak) !== 0 && (classes & (lineBreak | slash)) === 0) symbols = at;
    last = classes;
    at += isPairAt(text, at) ? 2 : 1;
    if ((classes & letter) === 0) letters = at;
    if ((classes & symbol) === 0) symbols = at;
    if ((classes & space) === 0) spaces = at;
    const from = Math.min(letters, symbols, spaces);
    if (at - from <= longestRun) continue;
    const cut = from + (isPairAt(text, from + slice - 1) ? slice + 1 : slice);
    cuts.push(cut);
    [letters, symbols, spaces] = [Math.max(letters, cut), Math.max(symbols, cut), Math.max(spaces, cut)];
  }
  return cuts;
}

/** A high and a low surrogate: one character, not to be cut. */
function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

/**
 * The runs of which cl100k_base and o200k_base make pieces: letters with their marks, symbols with line breaks after
 * them, white space. Digits are taken by three. U+0085 and U+FEFF are white space in one language and not in another.
 */
function classOf(char: string): number {
  if (char === '/') return symbol | slash;
  if (/[\r\n]/.test(char)) return symbol | space | lineBreak;
  if (/[\u0085\uFEFF]/.test(char)) return symbol | space;
  if (/\s/u.test(char)) return space;
  if (/\p{M}/u.test(char)) return letter | symbol;
  if (/\p{L}/u.test(char)) return letter;
  return /\p{N}/u.test(char) ? 0 : symbol;
}
