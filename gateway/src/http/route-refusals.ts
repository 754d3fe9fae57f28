import type { Refusal } from '../gate/refusal.ts';

/** Refusals of the route itself, beside those of the gate. */

export const tooManyStrangers: Refusal = {
  status: 429,
  code: 'RATE_LIMITED',
  reason: 'STRANGERS',
  message: 'Too many requests without a valid token and purpose reach this gateway',
  headers: { 'retry-after': '60' },
};

export const noSupergraph: Refusal = {
  status: 503,
  code: 'NO_SUPERGRAPH',
  message: 'This gateway waits for the first supergraph of the registry: nothing was published yet',
  headers: { 'retry-after': '5' },
};

export const evidenceNotKept: Refusal = {
  status: 503,
  code: 'EVIDENCE_UNAVAILABLE',
  message: 'The evidence of this question could not be kept, so it is not answered',
};

export const notAcceptable: Refusal = {
  status: 406,
  code: 'BAD_REQUEST',
  message: 'Answers are application/json or application/graphql-response+json',
};

export const mutationByGet: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: 'A GET changes nothing: send a mutation by POST',
  headers: { allow: 'POST' },
};
