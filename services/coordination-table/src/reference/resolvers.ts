import type {
  DistrictInfoResolvers,
  MunicipalityResolvers,
  QueryResolvers,
} from '../generated/resolver-types.ts';
import { codeListOn } from './code-list.ts';
import { districtsOn } from './districts.ts';
import { eligibilityOn } from './eligibility.ts';
import { romeDay } from './rome-day.ts';
import { isValidOn } from './validity.ts';

export const Municipality: MunicipalityResolvers = {
  __resolveReference: ({ istatCode }, { reference }) => reference.municipalities.byCode(istatCode),
  predecessorCodes: ({ predecessorCodes }) => [...predecessorCodes],
  boundary: ({ istatCode }, _arguments, { reference }) =>
    reference.boundaries.ofMunicipality(istatCode),
};

export const DistrictInfo: DistrictInfoResolvers = {
  leadMunicipality: ({ leadCode }, _arguments, { reference }) =>
    reference.municipalities.byCode(leadCode),
  municipalities: ({ municipalities }) => [...municipalities],
  boundary: ({ municipalities }, _arguments, { reference }) =>
    reference.boundaries.around(municipalities.map(({ istatCode }) => istatCode)),
};

export const Query: Pick<
  QueryResolvers,
  | 'municipalities'
  | 'municipality'
  | 'districts'
  | 'boundaries'
  | 'codeLists'
  | 'codeList'
  | 'eligibilityRules'
  | 'eligibilityOn'
> = {
  municipalities: (_parent, { district, validOn }, { reference, now }) => [
    ...reference.municipalities.on(validOn ?? romeDay(now()), district),
  ],
  municipality: (_parent, { istatCode }, { reference }) =>
    reference.municipalities.byCode(istatCode),
  districts: (_parent, _arguments, { reference, now }) =>
    districtsOn(reference.municipalities, romeDay(now())),
  boundaries(_parent, { validOn }, { reference, now }) {
    const { topology, validFrom } = reference.boundaries;
    if ((validOn ?? romeDay(now())) < validFrom) return null;
    return {
      topology,
      validFrom,
      source: 'github.com/openpolis/geojson-italy, from the boundaries of ISTAT, simplified',
      licence: 'CC-BY',
    };
  },
  codeLists: (_parent, { validOn }, { reference }) =>
    reference.files.codeLists.map((list) => codeListOn(list, validOn ?? null)),
  codeList(_parent, { id, validOn }, { reference }) {
    const list = reference.files.codeLists.find((each) => each.id === id);
    return list === undefined ? null : codeListOn(list, validOn ?? null);
  },
  eligibilityRules: (_parent, { validOn }, { reference }) =>
    reference.files.eligibilityRules.filter((rule) => validOn == null || isValidOn(rule, validOn)),
  eligibilityOn: (_parent, { date, group }, { reference }) =>
    eligibilityOn(reference.files.eligibilityRules, date, group),
};
