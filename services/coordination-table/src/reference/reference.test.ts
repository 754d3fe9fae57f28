import { municipalities } from '@tavolo/schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegisterUnderTest, startRegister } from '../table/start-register.fixture.ts';
import { createBoundaryMap } from './boundary-map.ts';

describe('reference data in the graph', () => {
  let register: RegisterUnderTest;
  beforeAll(async () => {
    register = await startRegister();
  });
  afterAll(() => register.close());

  async function codesOn(validOn: string | null, district: string | null = null) {
    const { data } = await register.ask(
      'query ($validOn: Date, $district: District) { municipalities(validOn: $validOn, district: $district) { istatCode } }',
      { validOn, district },
    );
    // As the query asks for it.
    const found = data?.['municipalities'] as { istatCode: string }[];
    return found.map(({ istatCode }) => istatCode);
  }

  it('has the 44 municipalities of today, and those of the day before each merger', async () => {
    expect(await codesOn(null)).toHaveLength(44);
    expect(await codesOn('2019-01-01')).toHaveLength(44);
    expect(await codesOn('2018-12-31')).toHaveLength(45);
    expect(await codesOn('2015-12-31')).toHaveLength(46);
    expect(await codesOn('2013-12-31')).toHaveLength(47);
    expect(await codesOn('2018-12-31', 'PARMA')).toEqual([
      '034010',
      '034021',
      '034027',
      '034037',
      '034041',
    ]);
  });

  it('answers references in one go, null for codes that never were of the province', async () => {
    const { data } = await register.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Municipality { istatCode population populationYear belfioreCode validFrom predecessorCodes } } }`,
      {
        representations: ['034051', '058091', '034037'].map((istatCode) => ({
          __typename: 'Municipality',
          istatCode,
        })),
      },
    );
    expect(data?.['_entities']).toEqual([
      {
        istatCode: '034051',
        population: 12984,
        populationYear: 2011,
        belfioreCode: 'M411',
        validFrom: '2019-01-01',
        predecessorCodes: ['034021', '034037'],
      },
      null,
      {
        istatCode: '034037',
        population: null,
        populationYear: null,
        belfioreCode: null,
        validFrom: null,
        predecessorCodes: [],
      },
    ]);
  });

  it('has four districts whose municipalities and inhabitants add up to the province', async () => {
    const { data } = await register.ask(
      '{ districts { district population leadMunicipality { name district } municipalities { istatCode } } }',
    );
    // As the query asks for it.
    const districts = data?.['districts'] as {
      district: string;
      population: number;
      leadMunicipality: { name: string; district: string };
      municipalities: unknown[];
    }[];
    expect(districts.map((each) => [each.municipalities.length, each.population])).toEqual([
      [4, 205_257],
      [11, 101_964],
      [13, 74_190],
      [16, 46_023],
    ]);
    expect(districts.every((each) => each.leadMunicipality.district === each.district)).toBe(true);
  });

  it('has the boundaries of every municipality of today, and none of a day before the last merger', async () => {
    const boundaries = createBoundaryMap();
    expect(boundaries.topology).toMatch(/^\{"type":"Topology"/u);
    for (const { istatCode } of municipalities) {
      const geometry = JSON.parse(boundaries.ofMunicipality(istatCode) ?? 'null') as {
        type: string;
        coordinates: [number, number][][][];
      };
      expect(geometry.type).toBe('MultiPolygon');
      for (const [longitude, latitude] of geometry.coordinates.flat(2)) {
        expect(longitude).toBeGreaterThan(9.4);
        expect(longitude).toBeLessThan(10.6);
        expect(latitude).toBeGreaterThan(44.3);
        expect(latitude).toBeLessThan(45.1);
      }
    }
    const { data } = await register.ask(
      '{ now: boundaries { validFrom } before: boundaries(validOn: "2018-12-31") { validFrom } municipality(istatCode: "034037") { boundary } }',
    );
    expect(data).toMatchObject({
      now: { validFrom: '2019-01-01' },
      before: null,
      municipality: { boundary: null },
    });
  });

  it("dissolves the borders inside a district: its outline is shorter than its municipalities' together", () => {
    const boundaries = createBoundaryMap();
    const codes = municipalities.flatMap((each) =>
      each.district === 'PARMA' ? each.istatCode : [],
    );
    const apart = codes.map((code) => boundaries.ofMunicipality(code) ?? '').join('').length;
    expect(boundaries.around(codes).length).toBeLessThan(apart * 0.8);
  });

  it('tells code lists as of a day, and null for a list there is not', async () => {
    const { data } = await register.ask(
      `{ codeLists { id } none: codeList(id: "none") { id }
         codeList(id: "sai-target-categories", validOn: "2014-12-31") { entries { code } }
         eligibilityOn(date: "2024-01-01", group: ASYLUM_SEEKER) { answer source rule { systemName } }
         eligibilityRules(validOn: "2019-01-01") { id groups { group } } }`,
    );
    expect(data).toMatchObject({
      codeLists: [
        { id: 'art17-categories' },
        { id: 'exit-reasons' },
        { id: 'permit-grounds' },
        { id: 'reception-types' },
        { id: 'sai-target-categories' },
      ],
      none: null,
      codeList: {
        entries: [{ code: 'DM_DS' }, { code: 'ORDINARI' }],
      },
      eligibilityOn: {
        answer: 'NOT_ELIGIBLE',
        source: 'Art. 5-ter D.L. 20/2023 (L. 50/2023)',
        rule: { systemName: 'SAI' },
      },
      eligibilityRules: [{ id: 'dl-113-2018' }],
    });
  });
});
