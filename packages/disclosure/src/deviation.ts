import { perturbationTable } from './perturbation-table.ts';
import { keyedDigest, requireSecret } from './record-key.ts';

/** What the keys of a set make of the published table; nobody without the secret can foresee it. */
export interface Deviation {
  /** Whole, −D…D: of every count of this set. */
  ofCount(key: number): number;
  /** −D−½…D+½, another one for each `figure` of the set: of sums. */
  ofSum(key: number, figure: string): number;
  /** One of 0…`choices`−1. */
  choice(key: number, choices: number): number;
}

const KEYS = 2 ** 32;

/**
 * The key goes through the secret once more before the look-up: keys add up as sets do, so without that the
 * deviation of a total could be guessed from those of its parts.
 */
export function createDeviation(secret: string): Deviation {
  requireSecret(secret);
  return {
    ofCount: (key) => lookUp(keyedDigest(secret, `count\0${key}`).readUInt32BE(0)),
    ofSum: (key, figure) => {
      const digest = keyedDigest(secret, `sum\0${key}\0${figure}`);
      // The fraction leaves no lattice of a few values that a sum could have had.
      return lookUp(digest.readUInt32BE(0)) + digest.readUInt32BE(4) / KEYS - 0.5;
    },
    choice: (key, choices) =>
      Math.floor((keyedDigest(secret, `choice\0${key}`).readUInt32BE(0) / KEYS) * choices),
  };
}

function lookUp(key: number): number {
  for (const { deviation, upTo } of perturbationTable.rows) {
    if (key < upTo) return deviation;
  }
  throw new Error('The perturbation table does not cover every key');
}
