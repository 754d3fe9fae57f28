import { boundariesTopology } from '@tavolo/schemas';
import { merge } from 'topojson-client';
import type { MultiPolygon, Polygon, Topology } from 'topojson-specification';

type MunicipalityArea = (Polygon | MultiPolygon) & {
  readonly properties: { readonly com_istat_code: string };
};

interface MunicipalityTopology extends Topology {
  readonly objects: {
    readonly municipalities: {
      readonly type: 'GeometryCollection';
      readonly geometries: MunicipalityArea[];
    };
  };
}

/** Boundaries of the municipalities of today, for maps. */
export interface BoundaryMap {
  /** All of them, TopoJSON. */
  readonly topology: string;
  /** First day on which these are the municipalities. */
  readonly validFrom: string;
  /** GeoJSON geometry; null outside the file. */
  ofMunicipality(istatCode: string): string | null;
  /** One GeoJSON geometry around several municipalities, inner borders dissolved. */
  around(istatCodes: readonly string[]): string;
}

/** The day of the last merger that the file already has. */
const boundariesValidFrom = '2019-01-01';

/** Geometries are worked out when first asked for and kept: there are 44 and four. */
export function createBoundaryMap(): BoundaryMap {
  // The file is part of this repository, and a test reads every geometry in it.
  const topology = JSON.parse(boundariesTopology) as MunicipalityTopology;
  const { geometries } = topology.objects.municipalities;
  const areaOf = new Map(geometries.map((area) => [area.properties.com_istat_code, area]));
  const texts = new Map<string, string>();

  function around(istatCodes: readonly string[]): string {
    const key = istatCodes.join();
    const known = texts.get(key);
    if (known !== undefined) return known;
    const areas = istatCodes.flatMap((code) => areaOf.get(code) ?? []);
    const text = JSON.stringify(merge(topology, areas));
    texts.set(key, text);
    return text;
  }

  return {
    topology: boundariesTopology,
    validFrom: boundariesValidFrom,
    ofMunicipality: (istatCode) => (areaOf.has(istatCode) ? around([istatCode]) : null),
    around,
  };
}
