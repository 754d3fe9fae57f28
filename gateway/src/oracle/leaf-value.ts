/** Spread over 0 … 2³² − 1, the same for the same text (FNV-1a, then mixed). */
export function numberFrom(seed: number, text: string): number {
  let hash = 2_166_136_261 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const oddJson = [
  '{"b": 1, "a": {"__proto__": {"x": [null, 1.5]}}}',
  '{"constructor": "c", "toString": null, "2": 0, "1": "\\u2028"}',
  '[{"__typename": "Book", "id": "Book-0"}, []]',
  '"plain"',
  'true',
  '0.1',
];

const oddEnds = ['', ' è', ' "', ' \\', '\n', ' \u2028', ' 😀', ' </script>'];

/** A scalar's value at a place; `keyIndex`: where it must tell objects apart. */
export function leafValue(
  type: string,
  place: string,
  seed: number,
  keyIndex: number | undefined,
): unknown {
  const number = numberFrom(seed, place);
  switch (type) {
    case 'Int':
      return keyIndex === undefined
        ? [0, -1, 2_147_483_647, number % 1000][number % 4]
        : keyIndex + 10;
    case 'Float':
      return [0, 1.5, -2.25e-7, 1e21, number / 1000][number % 5];
    case 'Boolean':
      return number % 2 === 0;
    case 'String':
    case 'ID':
      return keyIndex === undefined
        ? `${place}${oddEnds[number % 24] ?? ''}`
        : `${place} ${keyIndex}`;
    default:
      return JSON.parse(oddJson[number % oddJson.length] ?? 'null');
  }
}
