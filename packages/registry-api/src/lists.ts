import { z } from 'zod';
import { fieldUse } from './checks.ts';
import { subgraphName } from './subgraph-name.ts';
import { subgraphVersion, subgraphView } from './subgraphs.ts';

/** `GET /subgraphs`: all of them, by name. */
export const subgraphList = z.object({ items: z.array(subgraphView) });
export type SubgraphList = Readonly<z.infer<typeof subgraphList>>;

/** `GET /subgraphs/:name/versions?first=&before=`: newest first; `next` goes into `before`, null = that was all. */
export const versionList = z.object({
  items: z.array(subgraphVersion),
  next: z.int().nullable(),
});
export type VersionList = Readonly<z.infer<typeof versionList>>;

/** `GET /usage?coordinate=Type.field`: who asked for a field in the days the registry remembers. */
export const coordinateUsage = z.object({ coordinate: z.string(), usedBy: z.array(fieldUse) });
export type CoordinateUsage = Readonly<z.infer<typeof coordinateUsage>>;

const tag = z.string().regex(/^[\w/-]{1,128}$/u);

/** `PUT /contracts/:name`: a variant of the graph by `@tag`; what is excluded goes before what is included. */
export const contractContent = z.strictObject({
  /** None = everything that is not excluded. */
  includeTags: z.array(tag).max(50),
  excludeTags: z.array(tag).max(50),
});
export type ContractContent = Readonly<z.infer<typeof contractContent>>;

/** `GET|PUT /contracts/:name`. */
export const contractView = contractContent.extend({ name: subgraphName });
export type ContractView = Readonly<z.infer<typeof contractView>>;

/** `GET /contracts`. */
export const contractList = z.object({ items: z.array(contractView) });

/** `GET /contracts/:name/schema`: the variant in force. */
export const contractSchema = z.object({
  name: subgraphName,
  sequence: z.int(),
  /** SHA-256 of `sdl`. */
  id: z.string(),
  sdl: z.string(),
});

/** `PUT /waivers/:subgraph/:code/:coordinate`: why a finding is no error there, and until when. */
export const waiverContent = z.strictObject({
  reason: z.string().min(1).max(500),
  until: z.iso.datetime(),
});
export type WaiverContent = Readonly<z.infer<typeof waiverContent>>;

/** `GET|PUT /waivers/:subgraph/:code/:coordinate`. */
export const waiverView = waiverContent.extend({
  subgraph: subgraphName,
  code: z.string(),
  coordinate: z.string(),
  /** The organisation whose privacy officer grants it. */
  grantedBy: z.string(),
  grantedAt: z.iso.datetime(),
});
export type WaiverView = Readonly<z.infer<typeof waiverView>>;

/** `GET /waivers`: those that hold and those that are over. */
export const waiverList = z.object({ items: z.array(waiverView) });
