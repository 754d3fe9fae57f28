import { isDeepStrictEqual } from 'node:util';
import type { KeepChange, Request } from './keep-change.ts';
import type { ConsumerContent, ConsumerEntry } from './model/consumer.ts';
import type { PartnerContent, PartnerEntry } from './model/partner.ts';
import { type Expected, mustMatch } from './must-match.ts';
import { mustMay } from './permissions.ts';
import { Refusal } from './refusal.ts';

/** What hub operators write. */
export interface Organisations {
  putPartner(
    request: Request,
    id: string,
    content: PartnerContent,
    expected: Expected,
  ): Promise<{ readonly entry: PartnerEntry; readonly isNew: boolean }>;
  putConsumer(
    request: Request,
    id: string,
    content: ConsumerContent,
    expected: Expected,
  ): Promise<{ readonly entry: ConsumerEntry; readonly isNew: boolean }>;
}

export function createOrganisations(keepChange: KeepChange): Organisations {
  return {
    async putPartner(request, id, content, expected) {
      mustMay(request.caller, 'registerOrganisation');
      return keepChange(request, 'partner', async (writer) => {
        const before = await writer.partner(id);
        const after = changed(before, id, content, expected);
        const taken = new Set(
          (await writer.partners())
            .filter((other) => other.id !== id)
            .flatMap((other) => other.content.subgraphs),
        );
        if (content.subgraphs.some((name) => taken.has(name))) {
          throw new Refusal('IN_USE', 'A subgraph belongs to another partner', [
            { field: 'subgraphs', rule: 'IN_USE', message: 'names a subgraph of another partner' },
          ]);
        }
        return { before, after, action: before === null ? 'CREATED' : 'CHANGED' };
      });
    },
    async putConsumer(request, id, content, expected) {
      mustMay(request.caller, 'registerOrganisation');
      return keepChange(request, 'consumer', async (writer) => {
        const before = await writer.consumer(id);
        const after = changed(before, id, content, expected);
        if (content.partnerId !== null && (await writer.partner(content.partnerId)) === null) {
          throw new Refusal('INVALID', 'There is no such partner', [
            {
              field: 'partnerId',
              rule: 'UNKNOWN',
              message: 'must be a registered partner or null',
            },
          ]);
        }
        return { before, after, action: before === null ? 'CREATED' : 'CHANGED' };
      });
    },
  };
}

function changed<C, E extends PartnerEntry | ConsumerEntry>(
  before: (E & { readonly content: C }) | null,
  id: string,
  content: C,
  expected: Expected,
): E & { readonly content: C } {
  if (before !== null && isDeepStrictEqual(before.content, content)) return before;
  mustMatch(before, expected);
  // The three members every entry of an organisation has; the caller's types say which content.
  return {
    id,
    revision: (before?.revision ?? 0) + 1,
    content,
    suspensions: before?.suspensions ?? [],
  } as unknown as E & { readonly content: C };
}
