import { grafbase, hive, hiveRouter, mercurius } from './foreign.ts';
import type { GatewayPeer } from './gateway-peer.ts';
import { mergeByHand } from './merge-by-hand.ts';
import { ours, oursGated } from './ours.ts';
import { stock } from './stock.ts';

/** In the order they are measured and shown. */
export const gateways: readonly GatewayPeer[] = [
  stock,
  ours,
  oursGated,
  hive,
  hiveRouter,
  mercurius,
  grafbase,
  mergeByHand,
];
