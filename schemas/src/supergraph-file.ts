import { fileURLToPath } from 'node:url';

const inThisPackage = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Absolute path of the composed supergraph, written by `npm run generate`. */
export const supergraphFile = inThisPackage('supergraph.graphql');

/** Absolute path of the folder with the fact files. */
export const factsFolder = inThisPackage('facts');

/** Absolute path of the analysis API written from them, by `npm run generate`. */
export const analysisFile = inThisPackage('coordination-table/analysis.graphql');

/** Absolute path of the manifest of trusted documents, written by `npm run generate`. */
export const trustedDocumentsFile = inThisPackage('trusted-documents.json');

/** Absolute path of what the schema says to each role of each field, written by `npm run generate`. */
export const permissionsFile = inThisPackage('permissions.json');

/** The same for people. */
export const permissionsPage = inThisPackage('PERMISSIONS.md');

/** Absolute path of what one demo purpose may read, written by `npm run generate`. */
export const demoPurposeFile = (id: string) => inThisPackage(`purposes/${id}.json`);
