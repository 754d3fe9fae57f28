import { createHash } from 'node:crypto';
import { signSupergraphRelease } from '@tavolo/registry-api';
import type { CryptoKey } from 'jose';
import { Refusal } from '../refusal.ts';
import type { RegistryStore } from '../store/registry-store.ts';

/** A release as gateways get it. */
export interface SignedSupergraph {
  readonly sequence: number;
  readonly jws: string;
}

/** The supergraph in force or a variant of it, signed once for each release. */
export interface Supergraphs {
  signed(contract: string | null): Promise<SignedSupergraph>;
}

const mostSigned = 16;

export function createSupergraphs({
  store,
  key,
}: {
  readonly store: Pick<RegistryStore, 'heads' | 'schemas'>;
  readonly key: CryptoKey;
}): Supergraphs {
  const signed = new Map<string, SignedSupergraph>();
  return {
    async signed(contract) {
      const { sequence: newest } = await store.heads();
      const known = signed.get(`${newest} ${contract ?? ''}`);
      if (known !== undefined) return known;
      const released = await store.schemas.releasedSdl(contract);
      if (released === null) {
        throw newest === 0
          ? new Refusal('NOTHING_PUBLISHED', 'No schema is published yet')
          : new Refusal('NOT_FOUND', 'There is no such contract');
      }
      const { head, sdl } = released;
      const id = contract === null ? head.id : idOf(sdl);
      const jws = await signSupergraphRelease(
        { ...head, id, subgraphs: [...head.subgraphs], contract, sdl },
        key,
      );
      const answer = { sequence: head.sequence, jws };
      for (const oldest of signed.keys()) {
        if (signed.size < mostSigned) break;
        signed.delete(oldest);
      }
      signed.set(`${head.sequence} ${contract ?? ''}`, answer);
      return answer;
    },
  };
}

function idOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex');
}
