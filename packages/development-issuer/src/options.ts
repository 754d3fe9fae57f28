import { districtName, registryId, roleName } from '@tavolo/access-model';
import { z } from 'zod';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'] as const;

/** An invented person that anybody at this machine may log in as. */
export const demoAccount = z.object({
  /** What `--demo-account` calls it. */
  id: registryId,
  name: z.string().min(1).max(100),
  /** The organisation in the registry: the token's `organisation`. */
  organisationId: registryId,
  /** Shown on the login page only. */
  organisation: z.string().min(1).max(200),
  roles: z.array(roleName).min(1),
  /** Null = the token does not narrow the registry's. */
  districts: z.array(districtName).nullable(),
  /** Those it may choose from; the first one unless told. The registry has the last word on each. */
  purposes: z.array(registryId).max(50),
  /** Of a guest: it may name any purpose, since nobody knew it when the issuer was set up. */
  mayNameAnyPurpose: z.boolean().optional(),
});
export type DemoAccount = Readonly<z.infer<typeof demoAccount>>;

/** A program that asks with a key of its own (`private_key_jwt`), as the clients of PDND do. */
export const machineClient = z.object({
  clientId: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  /** Its public keys. */
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }),
  /** What its client assertions may name as `purposeId`. */
  purposes: z.array(registryId).max(50),
});
export type MachineClient = Readonly<z.infer<typeof machineClient>>;

const minute = 60;
const hour = 60 * minute;

export const developmentIssuerOptions = z.object({
  host: z.enum(loopbackHosts, {
    error: 'the development issuer has no passwords: it listens on this machine only (127.0.0.1)',
  }),
  /** 0 = any free one. */
  port: z.int().min(0).max(65_535),
  accounts: z.array(demoAccount).min(1).max(50),
  /**
   * Roles in which anybody may come from any organisation, as `<role>-<organisation>`: a partner that joins has
   * people of its own, and the registry says whether it knows their organisation.
   */
  guestRoles: z.array(roleName).default([]),
  machineClients: z.array(machineClient).max(50).default([]),
  /** Where the explorer gets its code: `<gateway>/explorer/callback`. */
  explorerRedirectUris: z.array(z.url()).max(10).default([]),
  /** What tokens may be for, as resource indicators; the first one unless told. */
  audiences: z
    .array(z.string().min(1))
    .min(1)
    .max(10)
    .default(['urn:tavolo:graph', 'urn:tavolo:registry']),
  tokenLifetimeSeconds: z
    .int()
    .min(15 * minute)
    .max(8 * hour)
    .default(hour),
  /** Its own folder: keys and logins are kept there, readable for its owner only. */
  dataFolder: z.string().min(1),
});
export type DevelopmentIssuerSettings = z.output<typeof developmentIssuerOptions>;

/** The little of a logger that is used. */
export interface IssuerLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export type DevelopmentIssuerOptions = z.input<typeof developmentIssuerOptions> & {
  readonly logger: IssuerLogger;
};
