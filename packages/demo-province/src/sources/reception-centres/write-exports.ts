import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { municipalityByIstatCode } from '@tavolo/schemas';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { SourceManifest } from '../../source-manifest.ts';
import type { World } from '../../world.ts';
import {
  areaOfService,
  decisionWords,
  destinationWords,
  districtWords,
  exitWords,
  extensionWords,
  permitWords,
  stepWords,
  vulnerabilityWords,
} from './data-bank-words.ts';
import { identifierCells, type KnownPerson, knownPeople } from './known-person.ts';
import { italianDay, italianInstant, romeWallClock } from './rome-wall-clock.ts';

type Row = Readonly<Record<string, string>>;
type Written = { files: string[]; rows: number; dirty: SourceManifest['dirty'][number][] };

/** The SAI data bank's exports of today and the desks' list of immediate receptions, with broken copies of some rows. */
export async function writeExports(
  world: World,
  folder: string,
  { dirtyShare, random }: { readonly dirtyShare: number; readonly random: () => number },
): Promise<Written> {
  const written: Written = { files: [], rows: 0, dirty: [] };
  const stamp = world.today.replaceAll('-', '');
  const known = knownPeople(world);
  const facilities = new Map(world.facilities.map((facility) => [facility.id, facility]));
  const day = (text: string | undefined) => (text === undefined ? '' : italianDay(text));

  const structures = world.facilities
    .filter(({ receptionType }) => receptionType === 'SAI')
    .map(
      (facility): Row => ({
        ID_STRUTTURA: facility.id.replace('F', 'STR-'),
        CODICE_PROGETTO: facility.projectCode ?? 'PROG-0-PR-0',
        ENTE_TITOLARE: facility.titularBody ?? 'Provincia di Parma',
        ENTE_GESTORE: facility.managingBody,
        DENOMINAZIONE: facility.name,
        COMUNE: municipalityByIstatCode(facility.municipality)?.name ?? '',
        CATEGORIA: facility.targetCategory === 'DM_DS' ? 'DM-DS' : facility.targetCategory,
        POSTI_AUTORIZZATI: String(facility.authorisedPlaces),
        POSTI_ATTIVI: String(facility.activePlaces),
        CIG: facility.cig ?? '',
        DATA_APERTURA: day(facility.openFrom),
        DATA_CHIUSURA: day(facility.openTo),
      }),
    );
  await write('SAI_01_STRUTTURE', structures, {
    COMUNE: "Reggio nell'Emilia",
    ID_STRUTTURA: 'STR-ALTROVE',
  });

  const guests: Row[] = [];
  const services: Row[] = [];
  for (const stay of world.stays) {
    const person = known.get(stay.personId);
    const facility = facilities.get(stay.facilityId);
    if (person === undefined || facility?.receptionType !== 'SAI') continue;
    const entry = romeWallClock(stay.entryAt);
    guests.push({
      ID_ACCOGLIENZA: stay.id.replace('ST', 'ACC-'),
      ID_STRUTTURA: facility.id.replace('F', 'STR-'),
      ...personColumns(person),
      ...nameColumns(person),
      DATA_INGRESSO: day(entry.day),
      ORA_INGRESSO: entry.time,
      DATA_REG_INGRESSO: day(stay.entryRegisteredOn),
      DATA_USCITA: stay.exitAt === undefined ? '' : day(romeWallClock(stay.exitAt).day),
      MOTIVO_USCITA: stay.exitReason === undefined ? '' : exitWords[stay.exitReason],
      DATA_REG_USCITA: day(stay.exitRegisteredOn),
    });
    if (guests.length % 3 !== 0) continue;
    services.push({
      ID_SERVIZIO: stay.id.replace('ST', 'SRV-'),
      ...personColumns(person),
      AREA: areaOfService,
      ORE: '40,5',
      LIVELLO_CORSO: 'A1',
      DATA_INIZIO: day(entry.day),
      DATA_FINE: '',
    });
  }
  await write('SAI_02_ACCOGLIENZE', guests, {
    DATA_INGRESSO: '31/02/2026',
    ID_ACCOGLIENZA: 'ACC-ROTTA',
  });

  const steps = world.asylumSteps.flatMap((step, index): Row[] => {
    const person = known.get(step.personId);
    if (person === undefined) return [];
    return [
      {
        ID_PASSAGGIO: `PSG-${index + 1}`,
        ...personColumns(person),
        TIPO_PASSAGGIO: stepWords[step.kind],
        DATA_PASSAGGIO: day(step.on),
        DATA_REGISTRAZIONE: day(step.registeredOn),
        ESITO: step.decision === undefined ? '' : decisionWords[step.decision],
        MOTIVO_PERMESSO:
          step.permitGround === undefined ? '' : (permitWords[step.permitGround] ?? 'ALTRO'),
        SCADENZA_PERMESSO: day(step.permitValidTo),
      },
    ];
  });
  await write('SAI_03_ITER', steps, { TIPO_PASSAGGIO: 'NON SO', ID_PASSAGGIO: 'PSG-ROTTO' });

  const extensions = world.extensions.flatMap((extension, index): Row[] => {
    const person = known.get(extension.personId);
    if (person === undefined) return [];
    return [
      {
        ID_PROROGA: `PRG-${index + 1}`,
        ...personColumns(person),
        DATA_RICHIESTA: day(extension.requestedOn),
        DATA_DECISIONE: day(extension.decidedOn),
        MOTIVO: extensionWords[extension.reason],
      },
    ];
  });
  await write('SAI_04_PROROGHE', extensions, { DATA_RICHIESTA: '', ID_PROROGA: 'PRG-ROTTA' });
  await write('SAI_05_SERVIZI', services, { ORE: 'molte', ID_SERVIZIO: 'SRV-ROTTO' });

  const receptions = world.immediateReceptions.flatMap((reception): Row[] => {
    const person = known.get(reception.personId);
    const facility = facilities.get(reception.facilityId);
    if (person === undefined || facility === undefined) return [];
    return [
      {
        ID_PRATICA: reception.id,
        SPORTELLO: reception.deskId,
        DISTRETTO: districtWords[reception.district],
        SEGNALANTE: reception.referrerType,
        ENTE_GESTORE: facility.managingBody,
        STRUTTURA: facility.name,
        COMUNE: municipalityByIstatCode(facility.municipality)?.name ?? '',
        POSTI: String(facility.authorisedPlaces),
        POSTI_ATTIVI: String(facility.activePlaces),
        ...personColumns(person),
        ...nameColumns(person),
        COMPONENTI: String(reception.householdSize),
        RICHIESTA_IL: italianInstant(reception.requestedAt),
        ACCETTATA_IL: italianInstant(reception.acceptedAt),
        INIZIO_IL: italianInstant(reception.startedAt),
        PRIMO_INTERVENTO_SOCIALE: italianInstant(reception.firstSocialAt),
        PRIMO_INTERVENTO_SANITARIO: italianInstant(reception.firstHealthAt),
        CATEGORIA_VULNERABILITA: vulnerabilityWords[reception.vulnerabilityCategory],
        PERMESSO_INGRESSO: reception.permitStatusAtEntry === 'NONE' ? 'NESSUNO' : 'RICHIESTA ASILO',
        FINE_PREVISTA: day(reception.plannedEnd),
        FINE_IL: italianInstant(reception.endedAt),
        DESTINAZIONE:
          reception.exitDestination === undefined
            ? ''
            : destinationWords[reception.exitDestination],
      },
    ];
  });
  await write('PRONTA_ACCOGLIENZA', receptions, { INIZIO_IL: 'ieri', ID_PRATICA: 'IR-ROTTA' });

  if (dirtyShare > 0 && services[0] !== undefined) {
    const withoutHours = Object.fromEntries(
      Object.entries(services[0]).filter(([column]) => column !== 'ORE'),
    );
    await writeFileOf('SAI_06_SERVIZI', toCsv([withoutHours]), 'windows-1252', 'MISSING_COLUMN');
    const accented = { ...services[0], ID_SERVIZIO: 'SRV-CITTÀ' };
    await writeFileOf('SAI_07_SERVIZI', toCsv([accented]), 'utf8', 'WRONG_ENCODING');
  }
  return written;

  async function write(name: string, rows: readonly Row[], broken: Row): Promise<void> {
    const lines: Row[] = [];
    for (const row of rows) {
      lines.push(row);
      if (random() >= dirtyShare) continue;
      lines.push({ ...row, ...broken });
      written.dirty.push({
        file: `${name}_${stamp}.csv`,
        line: lines.length + 1,
        kind: 'BROKEN_COPY',
      });
    }
    written.rows += lines.length;
    await writeFileOf(name, toCsv(lines), 'windows-1252', null);
  }

  async function writeFileOf(
    name: string,
    text: string,
    encoding: string,
    kind: string | null,
  ): Promise<void> {
    const file = `${name}_${stamp}.csv`;
    await writeFile(path.join(folder, file), iconv.encode(text, encoding));
    written.files.push(file);
    if (kind !== null) written.dirty.push({ file, line: null, kind });
  }
}

function toCsv(rows: readonly Row[]): string {
  return stringify([...rows], { header: true, delimiter: ';', record_delimiter: 'windows' });
}

function personColumns(person: KnownPerson): Row {
  const { cui, vestanet, fiscalCode } = identifierCells(person);
  return {
    ID_BENEFICIARIO: person.record.localId,
    CUI: cui,
    VESTANET: vestanet,
    CODICE_FISCALE: fiscalCode,
  };
}

function nameColumns(person: KnownPerson): Row {
  const { record, householdCode } = person;
  return {
    NUMERO_PERMESSO: identifierCells(person).permit,
    COGNOME: record.familyName,
    NOME: record.givenName,
    DATA_NASCITA: italianDay(record.birthDate),
    SESSO: person.person.sex,
    CITTADINANZA: person.person.citizenship,
    NUCLEO: householdCode,
  };
}
