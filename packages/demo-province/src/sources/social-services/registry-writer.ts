import type { Institution, WorldHousehold, WorldIdentifier, WorldPerson } from '../../world.ts';
import type { DumpFile } from './dump-file.ts';

export interface RegistryWriter {
  /** Writes a person the social services know; does nothing for the others. */
  writePerson(person: WorldPerson): void;
  /** Writes a household the social services know, with the members they know. */
  writeHousehold(household: WorldHousehold, people: ReadonlyMap<string, WorldPerson>): void;
}

const institution: Institution = 'social-services';
const kinds: Readonly<Record<WorldIdentifier['kind'], string>> = {
  CF: 'CF',
  CF_PROVISIONAL: 'CFP',
  CUI: 'CUI',
  VESTANET: 'VESTANET',
  STP: 'STP',
  ENI: 'ENI',
  PERMIT: 'PERMESSO',
};

const answers = { ALLOWED: 'SI', EXCLUDED: 'NO' } as const;

/** Writes the registry the three services share. */
export function createRegistryWriter(file: DumpFile): RegistryWriter {
  let lastIdentifier = 0;
  return {
    writePerson(person) {
      const record = person.records[institution];
      if (record === undefined) return;
      const definitive = record.identifiers.find(({ kind }) => kind === 'CF');
      const provisional = record.identifiers.find(({ kind }) => kind === 'CF_PROVISIONAL');
      file.insert('anagrafe.anagrafica_utente', {
        id_utente: record.localId,
        cognome: record.familyName,
        nome: record.givenName,
        data_nascita: record.birthDate,
        sesso: person.sex,
        cittadinanza: person.citizenship,
        codice_fiscale: definitive?.value ?? null,
        codice_fiscale_dal: definitive?.validFrom ?? null,
        cf_provvisorio: provisional?.value ?? null,
        cf_provvisorio_dal: provisional?.validFrom ?? null,
        cf_provvisorio_al: provisional?.validTo ?? null,
        telefono: '+39 000 0000000',
        email: null,
        indirizzo: 'Via Inventata 1',
        note: `${record.givenName} ${record.familyName}`,
        condivisione: record.sharing === undefined ? null : answers[record.sharing],
        riservato: record.isRestricted ?? false,
        cancellato_il: null,
      });
      for (const other of record.identifiers) {
        if (other === definitive || other === provisional) continue;
        lastIdentifier += 1;
        file.insert('anagrafe.identificativo_utente', {
          id_identificativo: lastIdentifier,
          id_utente: record.localId,
          tipo: kinds[other.kind],
          valore: other.value,
          valido_dal: other.validFrom ?? null,
          valido_al: other.validTo ?? null,
          cancellato_il: null,
        });
      }
    },
    writeHousehold(household, people) {
      const code = household.codes[institution];
      if (code === undefined) return;
      file.insert('anagrafe.nucleo_familiare', {
        id_nucleo: code,
        codice_nucleo: code,
        codice_nucleo_accoglienza: household.copiedCodes?.[institution] ?? null,
        note: null,
        cancellato_il: null,
      });
      for (const memberId of household.memberIds) {
        const localId = people.get(memberId)?.records[institution]?.localId;
        if (localId === undefined) continue;
        file.insert('anagrafe.componente_nucleo', {
          id_nucleo: code,
          id_utente: localId,
          dal: null,
          al: null,
          cancellato_il: null,
        });
      }
    },
  };
}
