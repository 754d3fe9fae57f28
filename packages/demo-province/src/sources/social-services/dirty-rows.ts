import iconv from 'iconv-lite';
import { asylumDesks, leadMunicipalityOf } from '../../partners.ts';
import { at } from '../../random.ts';
import type { WorldDeskContact, WorldPerson, WorldSocialCase } from '../../world.ts';
import type { DumpFile } from './dump-file.ts';
import type { ServiceWriter } from './service-writer.ts';

/** What is wrong with an extra row; the first five make it unreadable. */
export const dirtyKinds = [
  'impossible-date',
  'impossible-date-in-intervention',
  'impossible-time',
  'unknown-municipality',
  'orphan-row',
  'soft-deleted-duplicate',
  'unmapped-area-code',
  'area-code-not-in-table',
  'mojibake-text',
] as const;

export type DirtyKind = (typeof dirtyKinds)[number];

export interface DirtySubject {
  readonly writer: ServiceWriter;
  readonly socialCase: WorldSocialCase;
  /** Number of that case at its service. */
  readonly caseId: number;
  readonly personId: string;
}

/**
 * Writes extra rows of one kind: broken copies that must be left out, duplicates that were cancelled, or the
 * case of an invented extra person, so that what is known of everybody else stays the truth.
 */
export function writeDirtyRow(
  kind: DirtyKind,
  { writer, socialCase, caseId, personId }: DirtySubject,
  file: DumpFile,
  number: number,
): void {
  const { conventions, insert } = writer;
  const impossibleDay = conventions.dates === 'text' ? '31/02/2024' : '0202-04-11';
  switch (kind) {
    case 'impossible-date':
      insert('fascicolo', {
        ...writer.caseRow(socialCase, personId, null),
        data_apertura: impossibleDay,
      });
      return;
    case 'impossible-date-in-intervention': {
      insert('intervento', {
        id_fascicolo: caseId,
        voce_istat: 'B2',
        cod_area: conventions.areaCodes.SOCIAL,
        data_prevista: impossibleDay,
        data_erogazione: null,
        importo: null,
        tipo_ente: 'COMUNE',
        ente_erogatore: 'Servizio sociale',
        note: null,
      });
      return;
    }
    case 'impossible-time':
      insert('accesso_sportello', {
        ...writer.contactRow(extraContact(writer), personId),
        ora_accesso: '25:71',
      });
      return;
    case 'unknown-municipality':
      insert('fascicolo', { ...writer.caseRow(socialCase, personId, null), comune: '999999' });
      return;
    case 'orphan-row':
      insert('movimento_fascicolo', {
        id_fascicolo: 99_000_000 + number,
        tipo_movimento: 'APERTURA',
        data_movimento: writer.day(socialCase.openedOn),
        operatore: null,
        note: null,
      });
      return;
    case 'soft-deleted-duplicate':
      insert('fascicolo', writer.caseRow(socialCase, personId, null), true);
      return;
    default:
      writeExtraCase(kind, writer, file, number);
  }
}

type ExtraKind = Extract<
  DirtyKind,
  'unmapped-area-code' | 'area-code-not-in-table' | 'mojibake-text'
>;

/** A case of somebody who is in no other source, whose plan and texts have what the kind says. */
function writeExtraCase(
  kind: ExtraKind,
  writer: ServiceWriter,
  file: DumpFile,
  number: number,
): void {
  const person = inventedPerson(number);
  file.insert('anagrafe.anagrafica_utente', {
    id_utente: person.records['social-services']?.localId ?? null,
    cognome: 'Inventato',
    nome: kind === 'mojibake-text' ? mojibake('Niccolò') : 'Extra',
    data_nascita: null,
    sesso: null,
    cittadinanza: null,
    codice_fiscale: null,
    codice_fiscale_dal: null,
    cf_provvisorio: null,
    cf_provvisorio_dal: null,
    cf_provvisorio_al: null,
    telefono: null,
    email: null,
    indirizzo: null,
    note: mojibake('Qualità di prova: già visto'),
    condivisione: null,
    riservato: null,
    cancellato_il: null,
  });
  const caseId = writer.writeCase(extraCase(writer), person, null);
  const planId = writer.insert('progetto_pai', {
    id_fascicolo: caseId,
    data_avvio: writer.day('2024-02-01'),
    data_verifica: null,
    figura_riferimento: 'N',
    nome_figura_riferimento: null,
    note: null,
  });
  writer.insert('area_progetto', {
    id_progetto: planId,
    cod_area: areaCode(kind, writer),
    cod_obiettivo: 'OB-ALT',
    obiettivo: mojibake('Attività sportiva'),
    orizzonte_mesi: '6',
    stato: 'IN_CORSO',
  });
}

function areaCode(kind: ExtraKind, { conventions }: ServiceWriter): string {
  if (kind === 'unmapped-area-code') return conventions.ownAreaCode;
  if (kind === 'area-code-not-in-table') return 'vedi nota';
  return mojibake(conventions.areaCodes.SOCIAL);
}

/** What UTF-8 becomes when a migration reads it as Windows-1252. */
function mojibake(text: string): string {
  return iconv.decode(Buffer.from(text, 'utf8'), 'win1252');
}

function inventedPerson(number: number): WorldPerson {
  return {
    id: '',
    householdId: '',
    sex: 'F',
    birthDate: '1990-01-01',
    citizenship: 'IT',
    isMinor: false,
    records: {
      'social-services': {
        localId: `UX-${String(number).padStart(7, '0')}`,
        givenName: 'Extra',
        familyName: 'Inventato',
        birthDate: '1990-01-01',
        identifiers: [],
      },
    },
  };
}

function extraCase({ conventions }: ServiceWriter): WorldSocialCase {
  const { district, istatCode } = leadMunicipalityOf(at(conventions.districts, 0));
  return {
    id: '',
    personId: '',
    householdId: '',
    municipality: istatCode,
    district,
    openedOn: '2024-01-15',
    reopenings: [],
    areaOfNeed: 'ADULTS',
    accessChannel: 'SELF',
    assessments: [],
    interventions: [],
    referrals: [],
  };
}

function extraContact({ conventions }: ServiceWriter): WorldDeskContact {
  const desks = asylumDesks.filter(({ district }) => conventions.districts.includes(district));
  return {
    id: '',
    personId: '',
    deskId: at(desks, 0).id,
    at: '2024-01-15T09:00:00Z',
    channel: 'IN_PERSON',
    demand: 'ASYLUM_PROCEDURE',
    outcome: 'INFORMATION',
    mediationUsed: false,
    language: 'it',
  };
}
