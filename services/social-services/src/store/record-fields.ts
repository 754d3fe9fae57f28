import { isDay } from '@tavolo/subgraph-kit';
import { z } from 'zod';
import type { SocialService } from '../social-service.ts';
import { canonicalAreaCode, isShowableCode } from './area-code.ts';
import type { LocalArea, LocalId } from './social-services-store.ts';

/** No file of a social service speaks of a day outside these years; the typing mistakes do (0202, 9999). */
const firstYear = 1990;
const lastYear = 2100;

/** A day that has to be there. */
export const day = z
  .string({ error: 'is missing' })
  .refine((text) => isDay(text) && isPlausible(text), { error: 'is not a day that exists' });

/** A day that may be missing, but not be wrong. */
export const optionalDay = day.nullable();

function isPlausible(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= firstYear && year <= lastYear;
}

/** A value of a code list; `null` for a code that is not in the list. */
export function code<Value extends string>(list: Readonly<Record<string, Value>>) {
  return z
    .string()
    .nullable()
    .transform((text): Value | null => mapped(list, text));
}

/** Several values of a code list, separated by `;`; those that are not in the list are left out. */
export function codes<Value extends string>(list: Readonly<Record<string, Value>>) {
  return z
    .string()
    .nullable()
    .transform((text): Value[] => [
      ...new Set(
        (text ?? '')
          .split(';')
          .map((part) => mapped(list, part))
          .filter((value) => value !== null),
      ),
    ]);
}

function mapped<Value extends string>(
  list: Readonly<Record<string, Value>>,
  text: string | null,
): Value | null {
  const key = text?.trim().toUpperCase() ?? '';
  return Object.hasOwn(list, key) ? (list[key] ?? null) : null;
}

/** `S`/`N`, as the application writes yes and no. */
export const yesNo = z
  .string()
  .nullable()
  .transform((text) => {
    const letter = text?.trim().toUpperCase();
    return letter === 'S' ? true : letter === 'N' ? false : null;
  });

/** A whole number within bounds; `null` when missing. */
export function optionalWhole(least: number, most: number) {
  const rule = `is not a whole number from ${least} to ${most}`;
  return z.coerce
    .number({ error: rule })
    .int({ error: rule })
    .min(least, { error: rule })
    .max(most, { error: rule })
    .nullable();
}

/** The local id of a row of one social service. */
export function localIdOf(service: SocialService, id: string): LocalId {
  return `${service.code}:${id}`;
}

/** Maps an area code by the service's table; one that is in no code table is not shown, whatever it says. */
export function readArea(
  service: SocialService,
  raw: string | null,
  isInCodeTable: boolean,
): LocalArea {
  if (raw === null) return { area: null, localCode: null };
  const canonical = canonicalAreaCode(raw);
  const area = service.areaCodes.get(canonical);
  if (area !== undefined) return { area, localCode: canonical };
  return { area: null, localCode: isInCodeTable && isShowableCode(canonical) ? canonical : null };
}
