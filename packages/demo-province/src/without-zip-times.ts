const endRecord = Buffer.from('PK\x05\x06', 'latin1');
/** 1 January 1980, midnight: the first day a ZIP can tell. */
const firstDay = Buffer.from([0, 0, 0x21, 0]);

/** A ZIP (an XLSX is one) whose entries no longer tell when they were written: equal content, equal bytes. */
export function withoutZipTimes(zip: Buffer): Buffer {
  const timeless = Buffer.from(zip);
  const end = timeless.lastIndexOf(endRecord);
  if (end < 0) throw new Error('not a whole ZIP');
  let entry = timeless.readUInt32LE(end + 16);
  for (let left = timeless.readUInt16LE(end + 10); left > 0; left--) {
    firstDay.copy(timeless, entry + 12);
    firstDay.copy(timeless, timeless.readUInt32LE(entry + 42) + 10);
    // Fixed part, then name, extra field and comment.
    entry +=
      46 +
      timeless.readUInt16LE(entry + 28) +
      timeless.readUInt16LE(entry + 30) +
      timeless.readUInt16LE(entry + 32);
  }
  return timeless;
}
