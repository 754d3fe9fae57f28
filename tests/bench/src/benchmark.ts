import type { Figure } from './figure.ts';
import type { HubSource } from './hub-source.ts';

export interface BenchmarkContext {
  /** How often each thing is measured, in turns with its peer. */
  readonly rounds: number;
  /** Questions of the memory benchmark. */
  readonly questions: number;
  /** Publications of the swap benchmark; its heap is measured over five times as many swaps. */
  readonly publications: number;
  /** Requests a second of the swap benchmark. */
  readonly rate: number;
  /** Hosted people of the invented province. */
  readonly size: number;
  /** Removed at the end. */
  readonly folder: string;
  /** Where CPU profiles of the measured processes go; `undefined` measures without. */
  readonly profileFolder: string | undefined;
  readonly hub: HubSource;
  /** One line of what is going on. */
  readonly say: (line: string) => void;
}

export interface BenchmarkResult {
  readonly figures: readonly Figure[];
  /** What the figures alone do not tell, a sentence each. */
  readonly notes: readonly string[];
}

/** Leaves no process of its own behind, also when it throws. */
export type Benchmark = (context: BenchmarkContext) => Promise<BenchmarkResult>;
