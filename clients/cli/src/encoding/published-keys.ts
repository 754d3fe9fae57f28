/**
 * Linkage keys that anybody can read in this repository's documents and examples: whoever uses one shows the
 * people of an institution to the world. A key that gets into a document comes here too.
 */
export const publishedKeys: ReadonlySet<string> = new Set([
  'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13',
  '6d1f0e9a7b3c52844fd0a1b6c98e3571f2ad0c4b8e97635d1a20fbc4d8e6975c',
  '8f1d6c3ab27e905f4471e8d20c9ab35e66f0127bd8439ca5e21b7d90f3c4586a',
]);
