import type {
  HouseholdToEnrol,
  IdentifierKind,
  IdentifierToEnrol,
  PersonToEnrol,
} from '@tavolo/linkage';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { OpaqueIds } from '../opaque-id.ts';
import type { SocialService } from '../social-service.ts';
import type { LegacyDatabase } from '../store/legacy-database.ts';
import { optionalDay } from '../store/record-fields.ts';
import { caseEnds, closingDay } from './closing-day.ts';
import { knownSince, meetingDays } from './known-since.ts';
import { readAttributes } from './read-attributes.ts';
import { readSharing } from './read-sharing.ts';

/** Kinds of identifier as the registry writes them; the codice fiscale in use is kept with the person. */
const kinds: Readonly<Record<string, IdentifierKind>> = {
  CF: 'CODICE_FISCALE',
  CFP: 'CODICE_FISCALE_PROVISIONAL',
  CUI: 'CUI',
  VESTANET: 'VESTANET',
  STP: 'STP',
  ENI: 'ENI',
  PERMESSO: 'PERMIT',
};

/** The enrolment interface takes keys of 43 characters: a registry id of more bytes would make a longer one. */
const longestRegistryId = 15;
const mostMembers = 100;
const pageSize = 500;

const registryId = z.string().refine((id) => Buffer.byteLength(id) <= longestRegistryId);

const personRow = z.object({
  id_utente: registryId,
  cognome: z.string().nullable(),
  nome: z.string().nullable(),
  data_nascita: z.string().nullable(),
  sesso: z.string().nullable(),
  cittadinanza: z.string().nullable(),
  condivisione: z.string().nullable(),
  riservato: z.boolean().nullable(),
  incontri: z.array(z.string().nullable()),
  fascicoli: z.array(z.object({ chiuso: z.boolean(), il: z.string().nullable() })),
  codice_fiscale: z.string().nullable(),
  codice_fiscale_dal: z.string().nullable(),
  cf_provvisorio: z.string().nullable(),
  cf_provvisorio_dal: z.string().nullable(),
  cf_provvisorio_al: z.string().nullable(),
  identificativi: z.array(
    z.object({
      tipo: z.string(),
      valore: z.string(),
      dal: z.string().nullable(),
      al: z.string().nullable(),
    }),
  ),
});

const householdRow = z.object({
  id_nucleo: registryId,
  codice_nucleo: z.string().nullable(),
  codice_nucleo_accoglienza: z.string().nullable(),
  componenti: z.array(z.string()),
});

/** Everybody in the registry, page by page, so that its size does not matter; what is in clear stays in this process. */
export async function* readPeople(
  database: LegacyDatabase,
  ids: OpaqueIds,
  services: readonly SocialService[],
  today: () => string,
): AsyncIterable<PersonToEnrol> {
  const page = (afterId: string) => peopleAfter(services, afterId);
  for await (const row of readPages(database, page, 'id_utente')) {
    const result = personRow.safeParse(row);
    if (!result.success) continue;
    const person = result.data;
    const since = knownSince(person.incontri, today());
    const closedOn = closingDay(person.fascicoli);
    const sharing = readSharing(person.condivisione);
    yield {
      sectorKey: ids.encode('person', person.id_utente),
      identifiers: [
        ...identifier('CODICE_FISCALE', person.codice_fiscale, person.codice_fiscale_dal, null),
        ...identifier(
          'CODICE_FISCALE_PROVISIONAL',
          person.cf_provvisorio,
          person.cf_provvisorio_dal,
          person.cf_provvisorio_al,
        ),
        ...person.identificativi.flatMap(({ tipo, valore, dal, al }) => {
          const kind = kinds[tipo.trim().toUpperCase()];
          return kind === undefined ? [] : identifier(kind, valore, dal, al);
        }),
      ],
      attributes: readAttributes(person),
      ...(since === undefined ? {} : { knownSince: since }),
      ...(closedOn === undefined ? {} : { closedOn }),
      ...(sharing === undefined ? {} : { sharing }),
      ...(person.riservato === true ? { isRestricted: true } : {}),
    };
  }
}

/** Every household of the registry with the codes it is known by and its present members. */
export async function* readHouseholds(
  database: LegacyDatabase,
  ids: OpaqueIds,
): AsyncIterable<HouseholdToEnrol> {
  for await (const row of readPages(database, householdsAfter, 'id_nucleo')) {
    const result = householdRow.safeParse(row);
    if (!result.success) continue;
    const { id_nucleo, codice_nucleo, codice_nucleo_accoglienza, componenti } = result.data;
    yield {
      sectorKey: ids.encode('household', id_nucleo),
      codes: [
        ...issuedCode('social-services', codice_nucleo),
        ...issuedCode('reception-centres', codice_nucleo_accoglienza),
      ],
      memberSectorKeys: componenti
        .filter((id) => registryId.safeParse(id).success)
        .slice(0, mostMembers)
        .map((id) => ids.encode('person', id)),
    };
  }
}

/** A household code with who gave it: equal numbers of two institutions are two households. */
function issuedCode(issuer: string, code: string | null): string[] {
  return code === null ? [] : [`${issuer}:${code}`];
}

/** An identifier whose validity cannot be read is left out: it could veto a right link. */
function identifier(
  kind: IdentifierKind,
  value: string | null,
  from: string | null,
  to: string | null,
): IdentifierToEnrol[] {
  const isReadable = optionalDay.safeParse(from).success && optionalDay.safeParse(to).success;
  if (value === null || value.trim() === '' || !isReadable) return [];
  return [
    {
      kind,
      value,
      ...(from === null ? {} : { validFrom: from }),
      ...(to === null ? {} : { validTo: to }),
    },
  ];
}

async function* readPages(
  database: LegacyDatabase,
  query: (afterId: string) => RawBuilder<Record<string, unknown>>,
  idColumn: string,
): AsyncIterable<Record<string, unknown>> {
  let afterId = '';
  for (;;) {
    const page = await database.read(query(afterId));
    yield* page;
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined) return;
    afterId = String(last[idColumn]);
  }
}

/** Byte order, so that two pages agree whatever the database's collation. */
function peopleAfter(
  services: readonly SocialService[],
  afterId: string,
): RawBuilder<Record<string, unknown>> {
  return sql`select u.id_utente::text as id_utente, u.cognome, u.nome, u.sesso, u.cittadinanza,
      u.condivisione, u.riservato, to_char(u.data_nascita, 'YYYY-MM-DD') as data_nascita,
      ${meetingDays(services)} as incontri, ${caseEnds(services)} as fascicoli, u.codice_fiscale, u.cf_provvisorio,
      to_char(u.codice_fiscale_dal, 'YYYY-MM-DD') as codice_fiscale_dal,
      to_char(u.cf_provvisorio_dal, 'YYYY-MM-DD') as cf_provvisorio_dal,
      to_char(u.cf_provvisorio_al, 'YYYY-MM-DD') as cf_provvisorio_al,
      coalesce((
        select json_agg(json_build_object(
          'tipo', i.tipo, 'valore', i.valore,
          'dal', to_char(i.valido_dal, 'YYYY-MM-DD'), 'al', to_char(i.valido_al, 'YYYY-MM-DD')
        ) order by i.id_identificativo)
        from anagrafe.identificativo_utente i
        where i.id_utente = u.id_utente and i.cancellato_il is null and i.tipo is not null and i.valore is not null
      ), '[]'::json) as identificativi
    from anagrafe.anagrafica_utente u
    where u.cancellato_il is null and u.id_utente collate "C" > ${afterId}
    order by u.id_utente collate "C" limit ${pageSize}`;
}

function householdsAfter(afterId: string): RawBuilder<Record<string, unknown>> {
  return sql`select n.id_nucleo::text as id_nucleo, n.codice_nucleo, n.codice_nucleo_accoglienza,
      coalesce((
        select json_agg(c.id_utente order by c.id_utente)
        from anagrafe.componente_nucleo c
        join anagrafe.anagrafica_utente u on u.id_utente = c.id_utente and u.cancellato_il is null
        where c.id_nucleo = n.id_nucleo and c.cancellato_il is null and c.al is null
      ), '[]'::json) as componenti
    from anagrafe.nucleo_familiare n
    where n.cancellato_il is null and n.id_nucleo collate "C" > ${afterId}
    order by n.id_nucleo collate "C" limit ${pageSize}`;
}
