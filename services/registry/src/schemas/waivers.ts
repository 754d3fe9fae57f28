import type { WaiverContent, WaiverView } from '@tavolo/registry-api';
import type { Request } from '../keep-change.ts';
import { mustMay } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { ownerOf } from './basis.ts';
import type { KeepSchemaChange } from './keep-schema-change.ts';
import type { WaiverEntry } from './model/contract-entry.ts';

/** What a waiver is about. */
export type WaiverPlace = Pick<WaiverEntry, 'subgraph' | 'code' | 'coordinate'>;

/** Exceptions from the rules of the house: somebody of another organisation answers for each, and each ends. */
export interface Waivers {
  put(request: Request, place: WaiverPlace, content: WaiverContent): Promise<WaiverView>;
}

const mostWaivers = 1_000;
const longestMs = 366 * 86_400_000;

export function createWaivers({
  keepSchemaChange,
  now,
}: {
  readonly keepSchemaChange: KeepSchemaChange;
  readonly now: () => Date;
}): Waivers {
  return {
    async put(request, place, content) {
      const { caller } = request;
      mustMay(caller, 'grantWaiver');
      if (Date.parse(content.until) > now().getTime() + longestMs) {
        throw new Refusal('INVALID', 'The request has another form', [
          { field: 'until', rule: 'CUSTOM', message: 'must be within a year' },
        ]);
      }
      return keepSchemaChange(request, async (writer) => {
        const entries = await writer.schemas.subgraphs();
        const subgraphs = new Map(entries.map((entry) => [entry.name, entry]));
        const owner = ownerOf({ partners: await writer.partners(), subgraphs }, place.subgraph);
        if (owner === null) throw new Refusal('NOT_FOUND', 'There is no such subgraph');
        if (owner === caller.partnerId) {
          throw new Refusal('FORBIDDEN', 'A waiver is granted by another organisation');
        }
        const waivers = await writer.schemas.waivers();
        const before = waivers.find((one) => isAt(one, place));
        if (before === undefined && waivers.length >= mostWaivers) {
          throw new Refusal('LIMIT_REACHED', `The registry holds no more than ${mostWaivers}`);
        }
        if (before !== undefined && isSame(before, content, caller.organisation)) {
          return { result: before, evidence: [] };
        }
        const after: WaiverEntry = {
          ...place,
          ...content,
          grantedBy: caller.organisation,
          grantedAt: now().toISOString(),
        };
        await writer.schemas.saveWaiver(after);
        return {
          result: after,
          evidence: [
            {
              action: 'GRANTED',
              subject: { kind: 'waiver', id: place.subgraph },
              revisionBefore: before === undefined ? 0 : 1,
              revisionAfter: 1,
              code: place.code,
              coordinates: [place.coordinate.split('(')[0] ?? ''],
            },
          ],
        };
      });
    },
  };
}

export function isAt(waiver: WaiverEntry, { subgraph, code, coordinate }: WaiverPlace): boolean {
  return waiver.subgraph === subgraph && waiver.code === code && waiver.coordinate === coordinate;
}

function isSame(
  { reason, until, grantedBy }: WaiverEntry,
  content: WaiverContent,
  organisation: string,
): boolean {
  return reason === content.reason && until === content.until && grantedBy === organisation;
}
