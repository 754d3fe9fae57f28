import { z } from 'zod';
import { districtScope } from './district.ts';
import { roleName } from './role.ts';
import { sensitiveCategory } from './sensitive-category.ts';

const registryIdForm = /^[a-z0-9]+(-[a-z0-9]+)*$/u;
const fieldCoordinateForm = /^[A-Z]\w*\.[a-z_]\w*$/u;

/** A name in the registry: lower-case words or numbers joined by hyphens, 2–64 characters; a PDND UUID is one. */
export const registryId = z.string().regex(registryIdForm).min(2).max(64);

/** A schema coordinate of a field: `Type.field`. */
export const fieldCoordinate = z.string().regex(fieldCoordinateForm).max(200);

/** Whether {@link registryId} reads it, for those who ask at every request. */
export function isRegistryId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= 2 &&
    value.length <= 64 &&
    registryIdForm.test(value)
  );
}

/** Whether {@link fieldCoordinate} reads it, for those who ask at every request. */
export function isFieldCoordinate(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 200 && fieldCoordinateForm.test(value);
}

/** Owner of what is nobody's in particular, such as pages and municipalities: nobody has to approve it. */
export const sharedOwner = 'hub';

const moment = z.iso.datetime();

/** Who stopped it and why, in words for whoever is refused by it. */
export const suspension = z.object({
  /** `partner` = an owner of the data, `consumer` = whoever asks, `hub` = the hub's operator. */
  side: z.enum(['partner', 'consumer', 'hub']),
  by: registryId,
  reason: z.string().min(1).max(500),
  at: moment,
});
export type Suspension = Readonly<z.infer<typeof suspension>>;

/** An institution that answers with a subgraph of its own. */
export const partnerState = z.object({
  id: registryId,
  name: z.string().min(1).max(200),
  /** Names of its subgraphs in the supergraph; usually one, named as the partner. */
  subgraphs: z.array(registryId).min(1).max(20),
  suspensions: z.array(suspension),
});
export type PartnerState = Readonly<z.infer<typeof partnerState>>;

/** A client program of a consumer, as an issuer knows it. */
export const consumerClient = z.object({
  /** The issuer's identifier, exactly as in the token's `iss`. */
  issuer: z.url(),
  /** The token's `client_id`. */
  clientId: z.string().min(1).max(200),
  /**
   * The token's `organisation`, of a client that people of several organisations log in with; null = the token
   * names none.
   */
  organisation: z.string().min(1).max(64).nullable().default(null),
  /** The roles its users can have; a token that names roles narrows them. */
  roles: z.array(roleName).min(1),
  /** Whether the token must name the roles (people log in) or has all of these (a machine, a PDND voucher). */
  actsFor: z.enum(['people', 'itself']),
});
export type ConsumerClient = Readonly<z.infer<typeof consumerClient>>;

/** An organisation that asks. */
export const consumerState = z.object({
  id: registryId,
  name: z.string().min(1).max(200),
  /** The partner it is, when it also answers: `partner-it` reads diagnostics of this one only. */
  partnerId: registryId.nullable(),
  districts: districtScope,
  clients: z.array(consumerClient).max(50),
  suspensions: z.array(suspension),
});
export type ConsumerState = Readonly<z.infer<typeof consumerState>>;

/** What kind of questions a purpose asks; its limits follow from it. */
export const purposeClass = z.enum(['CASE_WORK', 'DASHBOARD', 'ANALYSIS', 'FACTS', 'DIAGNOSTICS']);
export type PurposeClass = z.infer<typeof purposeClass>;

/** A purpose that every owner of its data approved: what the gate needs of it and nothing more. */
export const purposeState = z.object({
  id: registryId,
  /** Grows with every change; travels in contexts and evidence. */
  version: z.int().min(1),
  title: z.string().min(1).max(200),
  consumerId: registryId,
  class: purposeClass,
  /** Who of the consumer may ask for it. */
  roles: z.array(roleName).min(1),
  /** `FREE` lets the roles that may write documents of their own; `TRUSTED` runs those of the manifest. */
  documents: z.enum(['TRUSTED', 'FREE']),
  districts: districtScope,
  /** Everything it may read; a field that is not here refuses the whole operation. */
  coordinates: z.array(fieldCoordinate).max(5_000),
  /** Special categories it declared, and who of the owners granted which. */
  categories: z.array(sensitiveCategory),
  grants: z.record(registryId, z.array(sensitiveCategory)),
  validFrom: moment,
  /** Exclusive. */
  validUntil: moment,
  /** Cost units a day (UTC). */
  dailyQuota: z.int().min(0),
  suspensions: z.array(suspension),
});
export type PurposeState = Readonly<z.infer<typeof purposeState>>;

/** All the gate goes by. Published whole: a newer one replaces it. */
export const registryState = z.object({
  /** Grows by one with every change: an older one is never taken. */
  version: z.int().min(0),
  partners: z.array(partnerState),
  consumers: z.array(consumerState),
  /** Approved ones only; a suspended or expired one stays, so that its refusal can say why. */
  purposes: z.array(purposeState),
});
export type RegistryState = Readonly<z.infer<typeof registryState>>;
