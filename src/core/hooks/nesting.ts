const [quote, backslash, bracket, brace, bracketEnd, braceEnd] = [0x22, 0x5c, 0x5b, 0x7b, 0x5d, 0x7d];

/** Whether a JSON text nests deeper than `most` levels. Parsers take seconds and gigabytes for millions of them. */
export function isDeeper(json: string, most: number): boolean {
  let depth = 0;
  for (let i = 0; i < json.length; i += 1) {
    const sign = json.charCodeAt(i);
    if (sign === quote) i = endOfText(json, i);
    else if (sign === bracket || sign === brace) depth += 1;
    else if (sign === bracketEnd || sign === braceEnd) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

/** Where the text ends that begins at `start`. */
function endOfText(json: string, start: number): number {
  for (let i = start + 1; i < json.length; i += 1) {
    const sign = json.charCodeAt(i);
    if (sign === quote) return i;
    if (sign === backslash) i += 1;
  }
  return json.length;
}
