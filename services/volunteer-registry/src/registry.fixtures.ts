import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@tavolo/process-kit';
import type { Caller } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { type RunningVolunteerRegistry, startVolunteerRegistry } from './service.ts';

export const secret = 'a secret for tests only, of more than 32 characters';
export const today = '2026-11-22';

/** One registry over a new folder, with the files dropped and taken in. */
export async function startRegistry(
  options: {
    readonly onQuery?: (collection: string, method: string) => void;
    readonly folder?: string;
  } = {},
) {
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'registry-'));
  const dropDirectory = path.join(folder, 'drop');
  mkdirSync(dropDirectory, { recursive: true });
  const running: RunningVolunteerRegistry = await startVolunteerRegistry({
    host: '127.0.0.1',
    port: 0,
    gatewayKeys: testGatewayKeys,
    dataDirectory: folder,
    dropDirectory,
    mongodbUri: undefined,
    sectorKeySecret: secret,
    personIndex: null,
    logger: createLogger({ name: 'volunteer-registry', level: 'silent' }),
    now: () => new Date(`${today}T10:00:00Z`),
    pollIntervalMs: 20,
    ...(options.onQuery && { onQuery: options.onQuery }),
  });
  return {
    ...running,
    folder,
    dropDirectory,
    async drop(files: Readonly<Record<string, string>>) {
      for (const [name, text] of Object.entries(files)) dropFile(dropDirectory, name, text);
      await running.idle();
    },
    ask(query: string, variables: object = {}, caller: Caller = testCaller()): Promise<string> {
      const { url } = running;
      return askAs({ url, subgraph: 'volunteer-registry', caller }, query, variables);
    },
  };
}

/** Writes a file in ISO-8859-1 under a name the folder ignores, then gives it its own. */
export function dropFile(folder: string, name: string, text: string): void {
  const part = path.join(folder, `${name}.part`);
  writeFileSync(part, Buffer.from(text, 'latin1'));
  renameSync(part, path.join(folder, name));
}

export const fiscal = {
  anna: 'RSSNNA80A41G337X',
  bruno: 'VRDBRN75B02G337X',
  seeker: 'DLLMMD95C03Z301X',
};

const volunteersHeading =
  'N. registro;Cognome;Nome;Codice fiscale;Data di nascita;Comune;Data inizio;Data fine;Lingue;Competenze;Disponibilità;Sezione;Consenso';

/** Registers of two bodies; Anna Inventata is in both, without codice fiscale in the second. */
export const registers: Readonly<Record<string, string>> = {
  'accordi_2026-11-01.csv': `Numero RUNTS;Denominazione;Sezione;Comune;Accordo dal;Accordo al
990001;Associazione Passo Comune;ODV;Fidenza;01/01/2025;31/12/2027
990002;Casa delle Lingue;APS;Parma;;
`,
  'volontari_990001_2026-11-01.csv': `${volunteersHeading}
001;Inventata;Anna;${fiscal.anna};01/01/1980;Fidenza;15/03/2024;;italiano, arabo;insegnamento dell'italiano;martedì sera;ordinaria;tavolo
002;Inventato;Bruno;${fiscal.bruno};02/02/1975;Parma;01/04/2024;30/06/2025;francese;scuola;sabato mattina;occasionali;interno
`,
  'volontari_990002_2026-11-01.csv': `Numero;Nominativo;C.F.;Nato il;Residenza;Inizio attività;Cessazione;Lingue parlate;Abilità;Occasionale;Telefono
7;Inventata Anna;;1-1-1980;Fidenza;1-9-2025;;inglese;pratiche;no;0000
`,
  'formazione_990001_2026-11-01.csv': `N. registro;Corso;Ente formatore;Ore;Incontri;Completato il
1;Corso base per tutor;CSV Emilia;12,5;3;01/05/2024
`,
  'abbinamenti_990001_2026-11-01.csv': `Abbinamento;Codice nucleo;Ente del nucleo;Volontari;Dal;Al;Esito;Attività
M1;NR000001;Accoglienza;1, 2;01/06/2024;;;lavoro, scuola
M2;NF000002;Servizi sociali;1;01/11/2026;;;territorio
M3;NR000003;Accoglienza;1, 2;01/06/2024;01/09/2024;non accettato dal nucleo;lavoro
`,
  'supervisioni_990001_2026-11-01.csv': `Data;Partecipanti;Abbinamenti
01/10/2026;operatore, assistente sociale;M1, M2
`,
  'attivita_990002_2026-11-01.csv': `ID;Nominativo;CF;Nato il;Mansione;Inizio;Fine;Ore/sett.
PU000001;Inventato Mamadou;${fiscal.seeker};9-3-1998;cura del verde;01/02/2026;;7,5
`,
};
