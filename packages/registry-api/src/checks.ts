import { finding, sdlFile } from '@tavolo/schema-check';
import { z } from 'zod';
import { subgraphName } from './subgraph-name.ts';

/** A subgraph's schema on its way in. */
export const submittedSubgraph = z.strictObject({
  name: subgraphName,
  files: z.array(sdlFile).min(1).max(100),
  /** Where it listens; the one before when absent. */
  url: z.url({ protocol: /^https?$/u }).optional(),
});
export type SubmittedSubgraph = Readonly<z.infer<typeof submittedSubgraph>>;

/** `POST /checks`: what would happen; changes nothing. Several subgraphs are checked as if published at once. */
export const checkRequest = z.strictObject({
  subgraphs: z.array(submittedSubgraph).min(1).max(100),
});
export type CheckRequest = Readonly<z.infer<typeof checkRequest>>;

/** Who used what a change takes away. */
export const fieldUse = z.object({
  consumer: z.string(),
  /** Questions in the days the registry remembers. */
  count: z.int().min(0),
  lastUsedOn: z.iso.date(),
  /** Names of operations, where they have one; no text and no values. */
  operations: z.array(z.string()).max(20),
});
export type FieldUse = Readonly<z.infer<typeof fieldUse>>;

/** One difference between the graph in force and the one that would be. */
export const schemaChange = z.object({
  /** As graphql-js names it: `FIELD_REMOVED`, `TYPE_REMOVED`, … and `FIELD_ADDED`, … */
  kind: z.string(),
  coordinate: z.string(),
  description: z.string(),
  /** `BREAKING` = a recorded question would fail; `DANGEROUS` = nobody asked it as far as is recorded; `SAFE`. */
  impact: z.enum(['BREAKING', 'DANGEROUS', 'SAFE']),
  usedBy: z.array(fieldUse),
});
export type SchemaChange = Readonly<z.infer<typeof schemaChange>>;

/** What a check found: `PASSED` when no finding is an ERROR (a used field that goes is one). */
export const checkReport = z.object({
  verdict: z.enum(['PASSED', 'REFUSED']),
  findings: z.array(finding),
  /** Findings beyond the first 500 are counted only. */
  moreFindings: z.int().min(0),
  changes: z.array(schemaChange),
  moreChanges: z.int().min(0),
  /** SHA-256 of the supergraph it would give; null when it does not compose. */
  supergraphId: z.string().nullable(),
  milliseconds: z.number(),
});
export type CheckReport = Readonly<z.infer<typeof checkReport>>;

/** `POST /publications`: all of them or none. */
export const publicationRequest = z.strictObject({
  subgraphs: z.array(submittedSubgraph).min(1).max(100),
  note: z.string().max(500).default(''),
  /** Publish although recorded questions would fail; their askers are named in the evidence. */
  acceptBreaking: z.boolean().default(false),
  /** Keep it as a draft, checked and not served. */
  draft: z.boolean().default(false),
});
export type PublicationRequest = Readonly<z.infer<typeof publicationRequest>>;

/** `POST /subgraphs/:name/rollback`: back to a version that was served before. */
export const rollbackRequest = z.strictObject({
  version: z.int().min(1),
  reason: z.string().min(1).max(500),
  acceptBreaking: z.boolean().default(false),
});

/** `POST /subgraphs/:name/deprecate`; answers the subgraph. */
export const deprecationRequest = z.strictObject({
  /** Until when it is served at the least; null takes the deprecation back. */
  until: z.iso.datetime().nullable(),
  reason: z.string().min(1).max(500),
});

/** `POST /subgraphs/:name/archive`: takes it out of the graph. */
export const archiveRequest = z.strictObject({
  reason: z.string().min(1).max(500),
  acceptBreaking: z.boolean().default(false),
});

/** What a publication, a rollback or an archiving did; a refused one answers 422 `CHECK_REFUSED` with the report. */
export const publicationResult = z.object({
  /** Of the supergraph; null = the graph is as it was (a draft, or nothing changed). */
  sequence: z.int().nullable(),
  supergraphId: z.string().nullable(),
  subgraphs: z.array(z.object({ name: subgraphName, version: z.int() })),
  report: checkReport,
});
export type PublicationResult = Readonly<z.infer<typeof publicationResult>>;
