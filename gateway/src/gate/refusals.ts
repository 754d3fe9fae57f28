import type { AccessTokenError } from '@tavolo/access-token';
import type { Refusal } from './refusal.ts';

/** A token that is none, with the challenge of RFC 6750. */
export function unauthenticated(error: AccessTokenError): Refusal {
  if (error.code === 'ISSUER_UNAVAILABLE') {
    return {
      status: 503,
      code: 'ISSUER_UNAVAILABLE',
      message: error.message,
      headers: { 'retry-after': '5' },
    };
  }
  const challenge =
    error.code === 'TOKEN_MISSING'
      ? 'Bearer realm="tavolo"'
      : `${error.code === 'DPOP_INVALID' ? 'DPoP' : 'Bearer'} realm="tavolo", error="${error.code === 'DPOP_INVALID' ? 'invalid_dpop_proof' : 'invalid_token'}"`;
  return {
    status: 401,
    code: 'UNAUTHENTICATED',
    reason: error.code,
    message: error.message,
    headers: { 'www-authenticate': challenge },
  };
}

export function tooCostly(message: string): Refusal {
  return { status: 400, code: 'QUERY_TOO_COSTLY', message };
}

export function noOperation(name: string | undefined): Refusal {
  return {
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
    message:
      name === undefined
        ? 'The document must have one operation, or operationName must name one of them'
        : 'The document has no operation of the name given in operationName',
  };
}

export function nothingToShow(purposeId: string): Refusal {
  return {
    status: 403,
    code: 'FORBIDDEN',
    coordinate: 'Query.__schema',
    message: `The purpose ${purposeId} reads nothing of the graph, so there is no schema to show`,
  };
}

export const registryGone: Refusal = {
  status: 503,
  code: 'REGISTRY_UNAVAILABLE',
  message: 'The registry has not been heard for too long to go on without it',
  headers: { 'retry-after': '10' },
};

export const noQuery: Refusal = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'The request has neither a `query` nor a `documentId`',
};

export const notTrusted: Refusal = {
  status: 403,
  code: 'DOCUMENT_NOT_TRUSTED',
  message: 'This purpose runs trusted documents only, and this is not one of the manifest',
};

/** It names what is in the document itself, which its caller has. */
export function doesNotFit(misfit: string): Refusal {
  return {
    status: 403,
    code: 'DOCUMENT_NOT_TRUSTED',
    reason: 'DOES_NOT_FIT',
    message: `The graph in force does not hold this trusted document: ${misfit}`,
  };
}

export const mixedIntrospection: Refusal = {
  status: 400,
  code: 'GRAPHQL_VALIDATION_FAILED',
  message: 'Ask for the schema and for data in separate operations',
};
