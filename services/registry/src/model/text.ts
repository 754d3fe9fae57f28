import { z } from 'zod';

/** One line that a person wrote; control characters and half characters are what a database or a table chokes on. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line without control characters')
    .regex(/\S/u, 'must not be empty');

/** Text of several lines. */
export const paragraph = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, 'must have no control characters but new lines')
    .regex(/\S/u, 'must not be empty');

/** Where an office is reached: an office, not a person. */
export const office = z
  .strictObject({
    name: line(200),
    email: z.email().max(254),
    phone: line(40).optional(),
  })
  .meta({
    id: 'Office',
    description: 'An office and how it is reached; never a person (ufficio).',
  });

/** Refuses a list that names something twice. */
export function each(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}
