import { expect, test } from 'vitest';
import { createSealedEntries } from './sealed-entries.ts';

const secret = 'a secret of one hub, of 32 bytes.';
const sealed = createSealedEntries(secret);

test('what is sealed opens under its name and with its secret, and nowhere else', () => {
  const name = sealed.nameOf('entry', ['a']);
  const box = sealed.seal(name, 'Città');
  expect(sealed.open(name, box)).toBe('Città');
  expect(sealed.open(sealed.nameOf('entry', ['b']), box)).toBeUndefined();
  expect(createSealedEntries(`${secret}!`).open(name, box)).toBeUndefined();
});

test('a value that was changed, cut or made up does not open', () => {
  const box = sealed.seal('n', 'text');
  for (let at = 0; at < box.length; at += 1) {
    const changed = Buffer.from(box);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(sealed.open('n', changed)).toBeUndefined();
    expect(sealed.open('n', box.subarray(0, at))).toBeUndefined();
  }
});

test('the same text is never sealed the same, and names do not run into each other', () => {
  expect(sealed.seal('n', 'text').equals(sealed.seal('n', 'text'))).toBe(false);
  expect(sealed.nameOf('entry', ['a', 'b'])).not.toBe(sealed.nameOf('entry', ['ab']));
  expect(sealed.nameOf('entry', ['a'])).toBe(sealed.nameOf('entry', ['a']));
});
