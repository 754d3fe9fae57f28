import type { Refusal } from '../gate/refusal.ts';

/** What came of a question that was let pass, before HTTP has its say: the route adds status and content type. */
export type GraphqlAnswer =
  | {
      /**
       * `answered`: it was run, whatever its fields came to. Else why it was not: the document does not parse, does
       * not fit the schema, names no operation (`operation`), or its variables do not fit.
       */
      readonly kind: 'answered' | RequestErrorKind;
      /** The whole body, JSON. */
      readonly text: string;
    }
  | {
      /** Anything else that keeps it from being run. */
      readonly kind: 'refused';
      readonly status: Refusal['status'];
      readonly text: string;
    };

/** The request errors of the GraphQL specification. */
export type RequestErrorKind = 'parse' | 'validation' | 'operation' | 'variables';
