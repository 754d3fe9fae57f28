/**
 * Whether an object of this JSON names a member twice. `JSON.parse` takes the last one and other parsers the
 * first, so that two readers of one signed token could see two different people (RFC 8725, 2.4).
 * The text must be valid JSON.
 */
export function hasRepeatedNames(json: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      const names = open.at(-1);
      if (names && isName(json, end)) {
        // Parsed, because `"iss"` and `"\u0069ss"` are one name.
        const name = String(JSON.parse(json.slice(at, end)));
        if (names.has(name)) return true;
        names.add(name);
      }
      at = end - 1;
    }
  }
  return false;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isName(json: string, end: number): boolean {
  let at = end;
  while (/[ \t\r\n]/u.test(json[at] ?? '')) at += 1;
  return json[at] === ':';
}
