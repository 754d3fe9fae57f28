import type { HealthServiceType } from '../store/health-rows.ts';

/** The authority's own codes of a service (PV1-10, FHIR `serviceType`), as its message specification lists them. */
const serviceByCode: ReadonlyMap<string, HealthServiceType> = new Map([
  ['SCR', 'FIRST_SCREENING'],
  ['SCREENING', 'FIRST_SCREENING'],
  ['MMG', 'GENERAL_PRACTICE'],
  ['MED', 'GENERAL_PRACTICE'],
  ['AMB', 'GENERAL_PRACTICE'],
  ['PED', 'PAEDIATRICS'],
  ['PLS', 'PAEDIATRICS'],
  ['CONS', 'FAMILY_COUNSELLING'],
  ['CF', 'FAMILY_COUNSELLING'],
  ['CSM', 'MENTAL_HEALTH'],
  ['PSI', 'MENTAL_HEALTH'],
  ['NPIA', 'MENTAL_HEALTH'],
  ['PS', 'EMERGENCY'],
  ['DEA', 'EMERGENCY'],
]);

/** A code nobody has mapped counts as `OTHER` and says so; without any code, an emergency class decides. */
export function readService(
  code: string,
  isEmergencyClass: boolean,
): { serviceType: HealthServiceType; isServiceMapped: boolean } {
  const known = serviceByCode.get(code.trim().toUpperCase());
  if (known) return { serviceType: known, isServiceMapped: true };
  if (code.trim() === '' && isEmergencyClass) {
    return { serviceType: 'EMERGENCY', isServiceMapped: true };
  }
  return { serviceType: 'OTHER', isServiceMapped: false };
}

/** As `readService`, for a place where an unknown code just means that the service isn't said. */
export function knownService(code: string): HealthServiceType | null {
  return serviceByCode.get(code.trim().toUpperCase()) ?? null;
}
