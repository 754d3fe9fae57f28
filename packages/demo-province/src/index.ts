export { createWorld, type WorldOptions } from './create-world.ts';
export { defaultErrorModel, type ErrorModel } from './error-model.ts';
export { asylumDesks, leadMunicipalities, socialServices } from './partners.ts';
export { createRandom, type Random } from './random.ts';
export type * from './world.ts';
export { defaultParameters, type WorldParameters } from './world-parameters.ts';
