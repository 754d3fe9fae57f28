import { registryId } from '@tavolo/access-model';
import { z } from 'zod';
import { UsageError } from '../cli-error.ts';

/** What the hub's operator says of an institution that joins. */
export interface NewPartner {
  readonly id: string;
  readonly name: string;
  readonly contactOffice: { readonly name: string; readonly email: string };
  readonly legalBasis: string;
  /** What its people are called in the graph's descriptions, in both languages. */
  readonly label: { readonly en: string; readonly it: string };
}

export interface NewPartnerOptions {
  readonly name: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly legalBasis: string;
  readonly labelEn?: string;
  readonly labelIt?: string;
}

/** Reads them, before anything is sent anywhere. */
export function readNewPartner(id: string, options: NewPartnerOptions): NewPartner {
  if (!registryId.safeParse(id).success) {
    throw new UsageError(
      'the name of a partner is lower-case words joined by hyphens, 2 to 64 characters: employment-centre',
    );
  }
  if (!z.email().max(254).safeParse(options.contactEmail).success) {
    throw new UsageError('--contact-email: the address of an office');
  }
  return {
    id,
    name: options.name,
    contactOffice: { name: options.contactName, email: options.contactEmail },
    legalBasis: options.legalBasis,
    label: { en: options.labelEn ?? options.name, it: options.labelIt ?? options.name },
  };
}

/** The clients that people log in with at every hub, and what they are for at an institution that answers. */
const sharedClients = ['tavolo-cli', 'tavolo-explorer'];
const rolesOfPartner = ['partner-it', 'privacy-officer', 'case-worker'];

export function partnerContentOf({ id, name, contactOffice, legalBasis }: NewPartner) {
  return { name, subgraphs: [id], contactOffice, legalBasis, agreements: [] as unknown[] };
}

/** The same institution as one that asks: its people log in at `issuer`. */
export function consumerContentOf({ id, name, contactOffice }: NewPartner, issuer: string) {
  return {
    name,
    partnerId: id,
    districts: null,
    contactOffice,
    dataProtectionOffice: null,
    agreements: [] as unknown[],
    clients: sharedClients.map((clientId) => ({
      issuer,
      clientId,
      organisation: id,
      roles: [...rolesOfPartner],
      actsFor: 'people',
    })),
  };
}
