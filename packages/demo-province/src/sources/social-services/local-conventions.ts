import type { WorldCareArea, WorldDistrict } from '../../world.ts';

/** How one social service keeps its own copy of the *cartella sociale*. */
export interface LocalConventions {
  readonly schema: string;
  readonly districts: readonly WorldDistrict[];
  /** `text`: the version before dates had a type, with `dd/mm/yyyy` and `1.234,56`. */
  readonly dates: 'date' | 'text';
  readonly cancelled: 'cancellato_il' | 'flag_annullato';
  readonly municipalities: 'istat' | 'belfiore';
  /** The code of each area; what it says in words is `areaLabels`. */
  readonly areaCodes: Readonly<Record<WorldCareArea, string>>;
  readonly areaLabels: Readonly<Record<WorldCareArea, string>>;
  /** A code of the service's own that is none of the five areas. */
  readonly ownAreaCode: string;
}

const intarsiLabels: LocalConventions['areaLabels'] = {
  LEGAL: 'Tutela giuridico-legale',
  SOCIAL: 'Tutela sociale',
  HEALTH: 'Tutela sanitaria',
  HOUSING: 'Inserimento abitativo',
  WORK_TRAINING: 'Inserimento lavorativo e formazione',
};

/** Three social services, one product, three histories. */
export const localConventions: readonly LocalConventions[] = [
  {
    schema: 'ss_parma',
    districts: ['PARMA'],
    dates: 'date',
    cancelled: 'cancellato_il',
    municipalities: 'istat',
    areaCodes: { LEGAL: 'TGL', SOCIAL: 'TSO', HEALTH: 'TSA', HOUSING: 'ABI', WORK_TRAINING: 'LAV' },
    areaLabels: intarsiLabels,
    ownAreaCode: 'SPO',
  },
  {
    schema: 'ss_fidenza',
    districts: ['FIDENZA'],
    dates: 'text',
    cancelled: 'flag_annullato',
    municipalities: 'belfiore',
    areaCodes: { LEGAL: 'A1', SOCIAL: 'A2', HEALTH: 'A3', HOUSING: 'A4', WORK_TRAINING: 'A5' },
    areaLabels: intarsiLabels,
    ownAreaCode: 'A9',
  },
  {
    // Ferrara's four areas, and one the service added: none of the four is legal protection.
    schema: 'ss_appennino',
    districts: ['SUD_EST', 'VALLI_TARO_CENO'],
    dates: 'date',
    cancelled: 'flag_annullato',
    municipalities: 'istat',
    areaCodes: {
      LEGAL: 'TUTELA GIURIDICA',
      SOCIAL: 'SUPPORTO ALLA GENITORIALITÀ E AI MINORI',
      HEALTH: 'INTEGRAZIONE SOCIO-SANITARIA E CULTURALE',
      HOUSING: 'AREA ABITATIVA',
      WORK_TRAINING: 'LAVORO E FORMAZIONE',
    },
    areaLabels: intarsiLabels,
    ownAreaCode: 'TEMPO LIBERO E SPORT',
  },
];

/** The service that follows a district. */
export function conventionsOf(district: WorldDistrict): LocalConventions {
  const conventions = localConventions.find(({ districts }) => districts.includes(district));
  if (conventions === undefined) throw new Error(`no social service follows ${district}`);
  return conventions;
}
