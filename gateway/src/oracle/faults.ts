/** What goes wrong. `call` counts from 0 the calls to the subgraph; sites are named as the world does. */
export type Fault =
  | {
      readonly kind: 'down' | 'short' | 'long' | 'empty';
      readonly subgraph: string;
      readonly call: number;
    }
  | {
      readonly kind: 'field-error' | 'wrong-type' | 'missing' | 'null';
      readonly subgraph: string;
      readonly identity: string;
      readonly field: string;
    }
  | {
      readonly kind: 'entity-null' | 'entity-error' | 'entity-other';
      readonly subgraph: string;
      readonly identity: string;
    };

export type FaultKind = Fault['kind'];
export const callFaults = ['down', 'short', 'long', 'empty'] as const;
export const siteFaults = ['field-error', 'wrong-type', 'missing', 'null'] as const;
export const entityFaults = ['entity-null', 'entity-error', 'entity-other'] as const;
export const faultKinds: readonly FaultKind[] = [...callFaults, ...siteFaults, ...entityFaults];
