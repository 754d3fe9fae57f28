import type { PurposeClass } from '@tavolo/access-model';
import type { DocumentWeight } from './weigh-document.ts';

/** How much one operation may ask. */
export interface QueryLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  readonly maxFields: number;
  readonly maxRootFields: number;
  readonly maxBreadth: number;
  /** Cost at the most, by what its lists declare, before it is run. */
  readonly maxCost: number;
}

/** The table's question uses 300 tokens, depth 9 and 30 fields; an explorer's introspection depth 14. */
export const defaultQueryLimits: QueryLimits = {
  maxTokens: 4_000,
  maxDepth: 20,
  maxAliases: 50,
  maxDirectives: 50,
  maxFields: 1_000,
  maxRootFields: 20,
  maxBreadth: 100,
  maxCost: 100_000_000,
};

/** A question about the schema is worked out here and at once: asked under many names, it would hold up everybody. */
export const schemaLimits: QueryLimits = { ...defaultQueryLimits, maxAliases: 2, maxRootFields: 2 };

/** What one consumer may use, in cost units. */
export interface RateLimits {
  readonly costPerMinute: number;
}

/**
 * Each class of purposes asks in its own way: facts are few and wide, case work is one person at a time,
 * analysis is written freely and so kept small, diagnostics hardly need anything.
 */
export const classLimits: Readonly<Record<PurposeClass, QueryLimits & RateLimits>> = {
  FACTS: { ...defaultQueryLimits, costPerMinute: 10_000_000 },
  CASE_WORK: { ...defaultQueryLimits, maxCost: 50_000_000, costPerMinute: 2_000_000 },
  DASHBOARD: { ...defaultQueryLimits, maxCost: 500_000, costPerMinute: 1_000_000 },
  ANALYSIS: {
    ...defaultQueryLimits,
    maxAliases: 20,
    maxRootFields: 10,
    maxCost: 100_000,
    costPerMinute: 300_000,
  },
  DIAGNOSTICS: {
    ...defaultQueryLimits,
    maxAliases: 20,
    maxRootFields: 10,
    maxCost: 20_000,
    costPerMinute: 100_000,
  },
};

/** For each class of purposes the stricter of its limits and the process's own. */
export function strictestByClass(own: QueryLimits): Readonly<Record<PurposeClass, QueryLimits>> {
  return {
    FACTS: strictest(classLimits.FACTS, own),
    CASE_WORK: strictest(classLimits.CASE_WORK, own),
    DASHBOARD: strictest(classLimits.DASHBOARD, own),
    ANALYSIS: strictest(classLimits.ANALYSIS, own),
    DIAGNOSTICS: strictest(classLimits.DIAGNOSTICS, own),
  };
}

function strictest(a: QueryLimits, b: QueryLimits): QueryLimits {
  return {
    maxTokens: Math.min(a.maxTokens, b.maxTokens),
    maxDepth: Math.min(a.maxDepth, b.maxDepth),
    maxAliases: Math.min(a.maxAliases, b.maxAliases),
    maxDirectives: Math.min(a.maxDirectives, b.maxDirectives),
    maxFields: Math.min(a.maxFields, b.maxFields),
    maxRootFields: Math.min(a.maxRootFields, b.maxRootFields),
    maxBreadth: Math.min(a.maxBreadth, b.maxBreadth),
    maxCost: Math.min(a.maxCost, b.maxCost),
  };
}

/** The first limit that a document goes past, in words; `undefined` when it keeps them all. */
export function overLimit(weight: DocumentWeight, limits: QueryLimits): string | undefined {
  if (weight.depth > limits.maxDepth) return over('levels', limits.maxDepth);
  if (weight.aliases > limits.maxAliases) return over('aliases', limits.maxAliases);
  if (weight.directives > limits.maxDirectives) return over('directives', limits.maxDirectives);
  if (weight.rootFields > limits.maxRootFields) return over('root fields', limits.maxRootFields);
  if (weight.breadth > limits.maxBreadth)
    return over('fields beside each other', limits.maxBreadth);
  if (weight.fields > limits.maxFields) return over('fields', limits.maxFields);
  return undefined;
}

function over(what: string, max: number): string {
  return `The query has more ${what} than the ${max} allowed`;
}
