import { z } from 'zod';
import { codesOf } from './code-list.ts';
import { supervisionRoles } from './code-lists.ts';
import { day, readItalianDay, splitList } from './italian-values.ts';
import type { RegisterDefinition } from './register-definition.ts';
import { localNumber, registerIds } from './register-ids.ts';

/** Supervision meetings (supervisioni). */
export const supervisionRegister: RegisterDefinition<'supervisions'> = {
  kind: 'supervisions',
  label: 'supervision',
  numberField: 'on',
  layouts: [
    { on: 'Data', roles: 'Partecipanti', matches: 'Abbinamenti' },
    { on: 'Data incontro', roles: 'Ruoli presenti', matches: 'Codici abbinamento' },
  ],
  localId({ on = '', matches = '' }) {
    const read = readItalianDay(on);
    const codes = splitList(matches).map(localNumber).sort();
    return read === null ? null : `${read}/${codes.join('+')}`;
  },
  record: (source) =>
    z.object({ on: day, roles: z.string(), matches: z.string() }).transform((row) => ({
      organisationId: registerIds.organisation(source),
      on: row.on,
      participantRoles: codesOf(supervisionRoles, row.roles, 'OTHER'),
      matchIds: splitList(row.matches).map((code) => registerIds.match(source, code)),
    })),
};
