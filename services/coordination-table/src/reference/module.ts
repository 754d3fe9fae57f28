import type { ModuleDependencies } from '../module.ts';
import type { Migrations } from '../store/migrate.ts';
import { type BoundaryMap, createBoundaryMap } from './boundary-map.ts';
import { createMunicipalityRegister, type MunicipalityRegister } from './municipality-register.ts';
import { type ReferenceFiles, readReferenceFiles } from './read-reference-files.ts';
import { DistrictInfo, Municipality, Query } from './resolvers.ts';

/** What resolvers of this part may use in one request; the same for everybody, and never changing. */
export interface ReferenceContext {
  readonly reference: {
    readonly municipalities: MunicipalityRegister;
    readonly boundaries: BoundaryMap;
    readonly files: ReferenceFiles;
  };
}

/** Reference data are files of this repository: there is nothing of theirs in the database. */
export const referenceMigrations: Migrations = { part: 'reference', steps: [] };

/** Reads the files, and refuses the start when one of them cannot be used. */
export function createReferenceModule({ logger }: Pick<ModuleDependencies, 'logger'>) {
  const context: ReferenceContext = {
    reference: {
      municipalities: createMunicipalityRegister(),
      boundaries: createBoundaryMap(),
      files: readReferenceFiles(),
    },
  };
  const { codeLists, eligibilityRules } = context.reference.files;
  logger.info(
    { codeLists: codeLists.length, eligibilityRules: eligibilityRules.length },
    'reference data read',
  );
  return {
    resolvers: { Query, Municipality, DistrictInfo },
    context: (): ReferenceContext => context,
  };
}
