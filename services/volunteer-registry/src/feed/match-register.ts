import { z } from 'zod';
import { codeOf, codesOf } from './code-list.ts';
import { matchEndReasons, tutorActivities } from './code-lists.ts';
import { day, officeCode, optionalDay, plainText, splitList } from './italian-values.ts';
import type { RegisterDefinition } from './register-definition.ts';
import { localNumber, registerIds } from './register-ids.ts';

/** More than three volunteers are not a match but a group: the row is wrong or two rows were joined. */
const mostTutors = 3;

/** Matches of volunteers and households (abbinamenti). One volunteer alone is kept, and shown as incomplete. */
export const matchRegister: RegisterDefinition<'matches'> = {
  kind: 'matches',
  label: 'tutor-match',
  numberField: 'code',
  layouts: [
    {
      code: 'Abbinamento',
      household: 'Codice nucleo',
      issuer: 'Ente del nucleo',
      volunteers: 'Volontari',
      from: 'Dal',
      to: 'Al',
      endReason: 'Esito',
      activities: 'Attività',
    },
    {
      code: 'Cod.',
      household: 'Nucleo',
      volunteers: 'Tutor',
      from: 'Data inizio',
      to: 'Data fine',
      endReason: 'Motivo fine',
      activities: 'Ambiti',
    },
  ],
  localId: ({ code = '' }) => localNumber(code) || null,
  record: (source) =>
    z
      .object({
        code: officeCode,
        household: officeCode,
        issuer: z.string(),
        volunteers: z.string(),
        from: day,
        to: optionalDay,
        endReason: z.string(),
        activities: z.string(),
      })
      .transform((row, context) => {
        const refuse = (path: string, message: string) =>
          context.addIssue({ code: 'custom', path: [path], message });
        const numbers = [...new Set(splitList(row.volunteers).map(localNumber))];
        const issuer = issuerOf(row.issuer, row.household);
        if (issuer === null) refuse('household', 'is not a household code of a known institution');
        if (numbers.length === 0) refuse('volunteers', 'names no volunteer');
        if (numbers.length > mostTutors)
          refuse('volunteers', `names more than ${mostTutors} volunteers`);
        if (row.to !== null && row.to < row.from) refuse('to', 'ends before it starts');
        const householdCode = `${issuer ?? ''}:${row.household}`;
        return {
          organisationId: registerIds.organisation(source),
          householdKey: source.derive('household', householdCode),
          householdCode,
          membershipIds: numbers.map((number) => registerIds.membership(source, number)),
          from: row.from,
          to: row.to,
          endReason: row.to === null ? null : endReasonOf(row.endReason),
          activityTypes: codesOf(tutorActivities, row.activities, 'OTHER'),
        };
      }),
};

/** The registers copy another institution's code: `NR…` is the reception centres', `NF…` the social services'. */
function issuerOf(issuer: string, household: string): string | null {
  const plain = plainText(issuer);
  if (plain.includes('social')) return 'social-services';
  if (plain.includes('accoglienza')) return 'reception-centres';
  if (/^NR[^A-Z]*\d/.test(household)) return 'reception-centres';
  return /^NF[^A-Z]*\d/.test(household) ? 'social-services' : null;
}

function endReasonOf(text: string) {
  if (plainText(text) === '') return null;
  return codeOf(matchEndReasons, text) ?? 'OTHER';
}
