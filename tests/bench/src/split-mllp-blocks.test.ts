import { expect, it } from 'vitest';
import { splitMllpBlocks } from './split-mllp-blocks.ts';

it('takes the messages out of their frames, and leaves out one that is cut off', () => {
  const file = Buffer.from('\x0bMSH|one\r\x1c\r\x0bMSH|two\r\x1c\r\x0bMSH|cut');
  expect(splitMllpBlocks(file).map(String)).toEqual(['MSH|one\r', 'MSH|two\r']);
  expect(splitMllpBlocks(Buffer.alloc(0))).toEqual([]);
});
