import type { CallHeaders } from '../../call-headers.ts';

/** What every gateway is started with. */
export interface PeerSetting {
  /** For whatever it writes; removed at the end. */
  readonly folder: string;
  readonly supergraphFile: string;
  /** The same graph, asking for a token everywhere. */
  readonly protectedSupergraphFile: string;
  readonly subgraphs: readonly {
    readonly name: string;
    readonly url: string;
    readonly sdl: string;
  }[];
  /** Where the peers of other makers are installed. */
  readonly installed: string;
  /** Options of `node` for ours, such as an inspector's. */
  readonly nodeOptions: readonly string[];
}

/** A gateway that answers, alone in its process. */
export interface RunningPeer {
  readonly name: string;
  readonly pid: number;
  /** Of its GraphQL endpoint. */
  readonly url: string;
  /** Who asks. */
  readonly headers: CallHeaders;
  close(): Promise<void>;
}

export interface GatewayPeer {
  readonly name: string;
  /** Whether it must be installed first, from its own folder. */
  readonly isForeign: boolean;
  /** Throws {@link PeerAbsent} where it is not to be had. */
  start(setting: PeerSetting): Promise<RunningPeer>;
}

/** This machine cannot run it; the message says why. */
export class PeerAbsent extends Error {}
