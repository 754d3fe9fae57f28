import { writeHealthAuthority } from './sources/health-authority/index.ts';
import { writeReceptionCentres } from './sources/reception-centres/index.ts';
import { writeSocialServices } from './sources/social-services/index.ts';
import { writeVolunteerRegistry } from './sources/volunteer-registry/index.ts';
import type { Institution } from './world.ts';
import type { SourceWriter } from './write-province.ts';

/** Each institution's writer of its own source format. */
export const provinceWriters: Readonly<Partial<Record<Institution, SourceWriter>>> = {
  'social-services': writeSocialServices,
  'health-authority': writeHealthAuthority,
  'reception-centres': writeReceptionCentres,
  'volunteer-registry': writeVolunteerRegistry,
};
