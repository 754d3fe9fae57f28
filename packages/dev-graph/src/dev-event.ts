import type { Finding } from '@tavolo/schema-check';

/** What happens while a partner works at its subgraph; `--json` prints them a line each. */
export type DevEvent =
  | {
      readonly event: 'serving';
      readonly graph: string;
      readonly explorer: string;
      readonly mine: { readonly name: string; readonly url: string };
      readonly others: readonly string[];
      readonly othersAre: 'live' | 'invented';
    }
  | {
      /** A new graph answers from now on; findings do not keep it from doing so here. */
      readonly event: 'composed';
      readonly supergraphId: string;
      readonly milliseconds: number;
      readonly findings: readonly Finding[];
    }
  | {
      /** My schema as saved gives no graph. */
      readonly event: 'refused';
      readonly findings: readonly Finding[];
      readonly milliseconds: number;
      /** Whether the graph from before goes on; false = none has composed yet. */
      readonly lastGoodServes: boolean;
    }
  | {
      /** A file could not be read, or composing itself failed. */
      readonly event: 'failed';
      readonly message: string;
      readonly lastGoodServes: boolean;
    }
  | { readonly event: 'stopped' };
