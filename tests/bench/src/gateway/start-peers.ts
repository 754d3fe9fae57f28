import {
  type GatewayPeer,
  PeerAbsent,
  type PeerSetting,
  type RunningPeer,
} from './peers/gateway-peer.ts';
import { installPeers, peersFolder } from './peers/install-peers.ts';

/** Gateways that answer, and those that this machine cannot have. */
export interface StartedPeers {
  readonly running: readonly RunningPeer[];
  readonly absent: readonly { readonly gateway: string; readonly why: string }[];
  close(): Promise<void>;
}

/** One after the other: each alone on the gateways' core while it starts. */
export async function startPeers(
  gateways: readonly GatewayPeer[],
  setting: Omit<PeerSetting, 'installed'>,
  say: (line: string) => void,
): Promise<StartedPeers> {
  if (gateways.some(({ isForeign }) => isForeign)) await installPeers(say);
  const running: RunningPeer[] = [];
  const absent: { gateway: string; why: string }[] = [];
  const close = async () => {
    await Promise.all(running.map((peer) => peer.close()));
  };
  try {
    for (const gateway of gateways) {
      say(`starting ${gateway.name}`);
      try {
        running.push(await gateway.start({ ...setting, installed: peersFolder }));
      } catch (error) {
        if (!(error instanceof PeerAbsent)) throw error;
        absent.push({ gateway: gateway.name, why: error.message });
      }
    }
    return { running, absent, close };
  } catch (error) {
    await close();
    throw error;
  }
}
