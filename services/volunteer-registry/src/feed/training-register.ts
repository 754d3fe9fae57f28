import { z } from 'zod';
import { codeOf } from './code-list.ts';
import { trainingCourses, trainingProviders } from './code-lists.ts';
import { officeCode, optionalDay, optionalQuantity, plainText } from './italian-values.ts';
import type { RegisterDefinition } from './register-definition.ts';
import { localNumber, registerIds } from './register-ids.ts';

/** Trainings of the volunteers (formazione). */
export const trainingRegister: RegisterDefinition<'trainings'> = {
  kind: 'trainings',
  label: 'training',
  numberField: 'number',
  layouts: [
    {
      number: 'N. registro',
      course: 'Corso',
      provider: 'Ente formatore',
      hours: 'Ore',
      sessions: 'Incontri',
      completedOn: 'Completato il',
    },
    {
      number: 'Numero',
      course: 'Titolo del corso',
      provider: 'Erogato da',
      hours: 'Durata (ore)',
      sessions: 'N. incontri',
      completedOn: 'Data attestato',
    },
  ],
  localId({ number = '', course = '', provider = '' }) {
    if (localNumber(number) === '' || plainText(course) === '') return null;
    return [localNumber(number), plainText(course), plainText(provider)].join('/');
  },
  record: (source) =>
    z
      .object({
        number: officeCode,
        course: z.string().trim().min(1, 'is empty'),
        provider: z.string(),
        hours: optionalQuantity(1000),
        sessions: optionalQuantity(200).refine(
          (sessions) => sessions === null || Number.isInteger(sessions),
          'is not a whole number',
        ),
        completedOn: optionalDay,
      })
      .transform((row) => ({
        membershipId: registerIds.membership(source, row.number),
        course: codeOf(trainingCourses, row.course) ?? 'OTHER',
        provider: codeOf(trainingProviders, row.provider) ?? 'OTHER',
        hours: row.hours,
        sessions: row.sessions,
        completedOn: row.completedOn,
      })),
};
