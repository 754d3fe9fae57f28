export { createWorld, type WorldOptions } from './create-world.ts';
export { defaultErrorModel, type ErrorModel } from './error-model.ts';
export type { FoundingFigures } from './founding-figures.ts';
export { type NameList, SCRIPTS, type Script } from './names/name-list.ts';
export { type Origin, origins } from './origins.ts';
export { asylumDesks, leadMunicipalities, socialServices } from './partners.ts';
export { provinceWriters } from './province-writers.ts';
export { createRandom, type Random } from './random.ts';
export type { SourceManifest } from './source-manifest.ts';
export { loadSocialServices } from './sources/social-services/index.ts';
export { groundTruth } from './truth/ground-truth.ts';
export type * from './truth/truth-types.ts';
export type * from './world.ts';
export { defaultParameters, type WorldParameters } from './world-parameters.ts';
export {
  type ProvinceManifest,
  type ProvinceOptions,
  type SourceWriter,
  writeProvince,
} from './write-province.ts';
