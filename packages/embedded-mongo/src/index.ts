export { UnsupportedMongoOperationError } from './refuse-unsupported.ts';
export { useEmbeddedMongo } from './use-embedded-mongo.ts';
