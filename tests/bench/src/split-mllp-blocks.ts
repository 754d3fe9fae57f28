const blockStart = 0x0b;
const blockEnd = 0x1c;

/** The messages of a file of MLLP blocks, without their frames; what lies between blocks is skipped. */
export function splitMllpBlocks(file: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let start = file.indexOf(blockStart); start >= 0; ) {
    const end = file.indexOf(blockEnd, start);
    if (end < 0) break;
    messages.push(file.subarray(start + 1, end));
    start = file.indexOf(blockStart, end);
  }
  return messages;
}
