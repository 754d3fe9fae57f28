import { writeSocialServices } from './sources/social-services/write-social-services.ts';
import type { Institution } from './world.ts';
import type { SourceWriter } from './write-province.ts';

/** Each institution's writer of its own source format. */
export const provinceWriters: Readonly<Partial<Record<Institution, SourceWriter>>> = {
  'social-services': writeSocialServices,
};
