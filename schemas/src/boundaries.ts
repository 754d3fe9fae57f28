import { readFileSync } from 'node:fs';

/** TopoJSON of the municipalities of the province, as in `reference/`; joined on `com_istat_code`. */
export const boundariesTopology: string = readFileSync(
  new URL('../reference/parma-municipalities.topo.json', import.meta.url),
  'utf8',
).trim();
