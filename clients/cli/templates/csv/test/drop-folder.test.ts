import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openSource } from '../src/source/open-source.ts';
import type { EnrolmentStore } from '../src/store/enrolment-store.ts';
import { logger, settingsFor, testFolder } from './open-test-source.ts';

const secret = 'a secret for tests only, of more than 32 characters';
const header =
  'ID_ISCRIZIONE;ID_UTENTE;TIPO;STATO;DATA_INIZIO;DATA_FINE;DISTRETTO;COLLOCAMENTO_MIRATO';
const row = (id: string) => `${id};PERSON-1;corso;in corso;01/03/2026;;Parma;no`;
let folder = '';
let store: EnrolmentStore;

beforeEach(async () => {
  folder = await testFolder();
  store = await openSource(settingsFor(folder, secret), { logger, now: () => new Date() });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const count = async () => (await store.findPage({ size: 100, afterId: null }, null)).length;
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

/** Written beside and moved into place, as an export should be. */
async function drop(name: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path.join(folder, `${name}.part`), content);
  await rename(path.join(folder, `${name}.part`), path.join(folder, name));
}

it('takes the invented file in, but for the row that breaks a rule', async () => {
  expect(await count()).toBe(60);
  expect((await store.status()).completeness).toBeCloseTo(60 / 61);
  expect((await readdir(path.join(folder, 'processed'))).length).toBe(1);
});

it('a new file replaces the whole table', async () => {
  await drop('next.csv', [header, row('A'), row('B')].join('\r\n'));
  await until(async () => expect(await count()).toBe(2));
  expect((await store.status()).completeness).toBe(1);
});

it('takes an XLSX workbook as it takes a CSV file', async () => {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('iscrizioni');
  sheet.addRow(header.split(';'));
  sheet.addRow(['A', 'PERSON-1', 'corso', 'in corso', new Date('2026-03-01'), null, 'Parma', 'sì']);
  await drop('next.xlsx', new Uint8Array(await workbook.xlsx.writeBuffer()));
  await until(async () => expect(await count()).toBe(1));
  const [only] = await store.findPage({ size: 1, afterId: null }, null);
  expect(only).toMatchObject({ kind: 'COURSE', startedOn: '2026-03-01', isTargeted: true });
});

it('rejects a file that is not the table with its reason, and keeps what was there', async () => {
  await drop('wrong.csv', 'A;B\n1;2\n');
  await until(async () => {
    const rejected = await readdir(path.join(folder, 'rejected'));
    const reason = rejected.find((name) => name.endsWith('.reason.txt')) ?? 'not yet';
    const text = await readFile(path.join(folder, 'rejected', reason), 'utf8');
    expect(text).toContain('has no column ID_ISCRIZIONE');
  });
  expect(await count()).toBe(60);
});

it('leaves a file alone that is still written or not yet in place', async () => {
  await writeFile(path.join(folder, 'slow.csv.part'), [header, row('A')].join('\n'));
  await writeFile(path.join(folder, 'grows.csv'), header);
  for (let line = 0; line < 8; line += 1) {
    await appendFile(path.join(folder, 'grows.csv'), `\n${row(`R${line}`)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await until(async () => expect(await count()).toBe(8));
  expect(await readdir(folder)).toContain('slow.csv.part');
});
