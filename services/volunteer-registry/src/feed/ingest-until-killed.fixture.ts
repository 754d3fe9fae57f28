import { createHash } from 'node:crypto';
import { openMongooseRegistryStore } from '../store/mongoose-registry-store.ts';
import { createRegisterIngest } from './ingest-register.ts';

// Run as a process of its own: takes one register in, and is killed before its n-th question to the store.
const [, , dataDirectory = '', killBefore = '0', size = '0'] = process.argv;
let asked = 0;
const store = await openMongooseRegistryStore({
  mongodbUri: undefined,
  dataDirectory,
  onQuery() {
    asked += 1;
    if (asked === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
  },
});
asked = 0;
const ingest = createRegisterIngest({
  store,
  sectorKeySecret: 'a secret for tests only, of more than 32 characters',
  now: () => new Date('2026-11-22T10:00:00Z'),
});

for (const [day, last] of [
  ['2026-11-01', Number(size)],
  ['2026-11-02', Number(size) - 10],
] as const) {
  const rows = Array.from({ length: last }, (_, index) => {
    const number = index + 1;
    const birth = `01/01/${1940 + (number % 60)}`;
    // The second register corrects every third birth date and lacks the last ten entries.
    const corrected =
      day === '2026-11-02' && number % 3 === 0 ? birth.replace('01/01', '02/01') : birth;
    const start = number % 50 === 0 ? '31/02/2024' : '01/02/2024';
    return `${number};Inventata Prova${String.fromCharCode(97 + (number % 26))}${number};;${corrected};Parma;${start};;italiano;scuola;no`;
  });
  const heading =
    'Numero;Nominativo;C.F.;Nato il;Residenza;Inizio attività;Cessazione;Lingue parlate;Abilità;Occasionale';
  const bytes = Buffer.from(`${[heading, ...rows].join('\n')}\n`, 'latin1');
  await ingest({
    name: `volontari_990001_${day}.csv`,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    modifiedAt: `${day}T08:00:00.000Z`,
  });
}
await store.close();
process.stdout.write(`${asked}\n`);
