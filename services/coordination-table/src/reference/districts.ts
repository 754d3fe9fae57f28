import type { District } from '@tavolo/schemas';
import {
  type MunicipalityRegister,
  type MunicipalityRow,
  populationYear,
} from './municipality-register.ts';

/** A social-health district with its municipalities of today. */
export interface DistrictRow {
  readonly district: District;
  readonly name: string;
  /** ISTAT code of the municipality that leads it (Comune capodistretto). */
  readonly leadCode: string;
  readonly municipalities: readonly MunicipalityRow[];
  readonly population: number;
  readonly populationYear: number;
}

const districtWords: readonly Pick<DistrictRow, 'district' | 'name' | 'leadCode'>[] = [
  { district: 'PARMA', name: 'Distretto di Parma', leadCode: '034027' },
  { district: 'FIDENZA', name: 'Distretto di Fidenza', leadCode: '034014' },
  { district: 'SUD_EST', name: 'Distretto Sud-Est', leadCode: '034018' },
  { district: 'VALLI_TARO_CENO', name: 'Distretto Valli Taro e Ceno', leadCode: '034006' },
];

/** The four districts on a day. */
export function districtsOn(register: MunicipalityRegister, day: string): DistrictRow[] {
  return districtWords.map((words) => {
    const municipalities = register.on(day, words.district);
    return {
      ...words,
      municipalities,
      population: municipalities.reduce((sum, row) => sum + (row.population ?? 0), 0),
      populationYear,
    };
  });
}
