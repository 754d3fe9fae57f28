import type { WorldDistrict } from './world.ts';

/** The district's lead municipality, which holds its SAI project. */
export interface LeadMunicipality {
  readonly district: WorldDistrict;
  readonly istatCode: string;
  readonly name: string;
  readonly saiProjectCode: string;
}

/** Four lead municipalities (Comuni capodistretto), each with one SAI project. */
export const leadMunicipalities: readonly LeadMunicipality[] = [
  { district: 'PARMA', istatCode: '034027', name: 'Parma', saiProjectCode: 'PROG-9901-PR-3' },
  { district: 'FIDENZA', istatCode: '034014', name: 'Fidenza', saiProjectCode: 'PROG-9902-PR-3' },
  {
    district: 'SUD_EST',
    istatCode: '034018',
    name: 'Langhirano',
    saiProjectCode: 'PROG-9903-PR-2',
  },
  {
    district: 'VALLI_TARO_CENO',
    istatCode: '034006',
    name: 'Borgo Val di Taro',
    saiProjectCode: 'PROG-9904-PR-2',
  },
];

/** Six desks of the provincial asylum service (sportelli provinciali asilo). */
export const asylumDesks: readonly {
  readonly id: string;
  readonly district: WorldDistrict;
  readonly municipality: string;
}[] = [
  { id: 'D1', district: 'PARMA', municipality: '034027' },
  { id: 'D2', district: 'PARMA', municipality: '034010' },
  { id: 'D3', district: 'FIDENZA', municipality: '034014' },
  { id: 'D4', district: 'FIDENZA', municipality: '034032' },
  { id: 'D5', district: 'SUD_EST', municipality: '034018' },
  { id: 'D6', district: 'VALLI_TARO_CENO', municipality: '034006' },
];

/** Three social services (servizi sociali): the two smaller districts share one. */
export const socialServices: readonly {
  readonly name: string;
  readonly districts: readonly WorldDistrict[];
}[] = [
  { name: 'Servizio sociale di Parma', districts: ['PARMA'] },
  { name: 'Servizio sociale di Fidenza', districts: ['FIDENZA'] },
  { name: 'Servizio sociale associato Sud-Est e Valli', districts: ['SUD_EST', 'VALLI_TARO_CENO'] },
];

export function leadMunicipalityOf(district: WorldDistrict): LeadMunicipality {
  const lead = leadMunicipalities.find((row) => row.district === district);
  if (lead === undefined) throw new Error(`district ${district} has no lead municipality`);
  return lead;
}
