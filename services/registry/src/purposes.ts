import type { SensitiveCategory } from '@tavolo/access-model';
import type { RegistryCaller } from './caller.ts';
import type { KeepChange, Request } from './keep-change.ts';
import {
  approvePurpose,
  archivePurpose,
  draftPurpose,
  rejectPurpose,
  submitPurpose,
} from './life/purpose-life.ts';
import { checkPurpose } from './model/check-purpose.ts';
import type { PurposeContent, PurposeEntry } from './model/purpose.ts';
import { type Expected, mustMatch } from './must-match.ts';
import type { OwnersInForce } from './owners/owners-in-force.ts';
import { ownersOfCoordinates } from './owners/owners-of-coordinates.ts';
import { mustMay } from './permissions.ts';
import { Refusal } from './refusal.ts';
import type { RegistryReader } from './store/registry-store.ts';

interface Kept {
  readonly entry: PurposeEntry;
  readonly isNew: boolean;
}

/** What privacy officers do with purposes: those of the consumer write them, those of the owners decide. */
export interface Purposes {
  put(request: Request, id: string, content: PurposeContent, expected: Expected): Promise<Kept>;
  submit(request: Request, id: string, version: number): Promise<Kept>;
  approve(
    request: Request,
    id: string,
    version: number,
    categories: readonly SensitiveCategory[],
  ): Promise<Kept>;
  reject(request: Request, id: string, version: number, reason: string): Promise<Kept>;
  archive(request: Request, id: string): Promise<Kept>;
}

export interface PurposesOptions {
  readonly keepChange: KeepChange;
  readonly ownersInForce: OwnersInForce;
  readonly now: () => Date;
}

export function createPurposes({ keepChange, ownersInForce, now }: PurposesOptions): Purposes {
  const ownersNow = async (writer: RegistryReader, coordinates: readonly string[]) =>
    ownersOfCoordinates(coordinates, await ownersInForce(writer), await writer.partners());

  return {
    async put(request, id, content, expected) {
      mustMay(request.caller, 'writePurpose');
      const consumerId = consumerOf(request.caller);
      return keepChange(request, 'purpose', async (writer) => {
        const before = await writer.purpose(id);
        if (before !== null) mustBeOwn(before, consumerId);
        const after = draftPurpose(before, { id, consumerId, content });
        if (after !== before) {
          mustMatch(before, expected);
          await mustBeSound(writer, after, content);
          await ownersNow(writer, content.coordinates);
        }
        return {
          before,
          after,
          action: before === null ? 'CREATED' : 'CHANGED',
          details: {
            purposeVersion: after.lastVersion,
            coordinates: content.coordinates,
            categories: content.categories,
          },
        };
      });
    },
    async submit(request, id, version) {
      mustMay(request.caller, 'writePurpose');
      return keepChange(request, 'purpose', async (writer) => {
        const before = await existing(writer, id);
        mustBeOwn(before, consumerOf(request.caller));
        const content = before.pending?.content ?? null;
        const owners = content === null ? [] : await ownersNow(writer, content.coordinates);
        const after = submitPurpose(before, version, owners);
        if (after !== before && content !== null) await mustBeSound(writer, before, content);
        return { before, after, action: 'SUBMITTED', details: { purposeVersion: version } };
      });
    },
    async approve(request, id, version, categories) {
      mustMay(request.caller, 'decidePurpose');
      const owner = partnerOf(request.caller);
      return keepChange(request, 'purpose', async (writer) => {
        const before = await existing(writer, id);
        const coordinates = before.pending?.content.coordinates ?? [];
        const approval = {
          version,
          owner,
          categories,
          ownersNow: await ownersNow(writer, coordinates),
          now: now(),
        };
        const after = approvePurpose(before, approval);
        return {
          before,
          after,
          action: 'APPROVED',
          details: { purposeVersion: version, side: owner, categories },
        };
      });
    },
    async reject(request, id, version, reason) {
      mustMay(request.caller, 'decidePurpose');
      const owner = partnerOf(request.caller);
      return keepChange(request, 'purpose', async (writer) => {
        const before = await existing(writer, id);
        const after = rejectPurpose(before, { version, owner, reason, now: now() });
        return {
          before,
          after,
          action: 'REJECTED',
          details: { purposeVersion: version, side: owner },
        };
      });
    },
    async archive(request, id) {
      mustMay(request.caller, 'writePurpose');
      return keepChange(request, 'purpose', async (writer) => {
        const before = await existing(writer, id);
        mustBeOwn(before, consumerOf(request.caller));
        return {
          before,
          after: archivePurpose(before),
          action: 'ARCHIVED',
          details: { purposeVersion: before.lastVersion },
        };
      });
    },
  };
}

async function existing(reader: RegistryReader, id: string): Promise<PurposeEntry> {
  const entry = await reader.purpose(id);
  if (entry === null) throw new Refusal('NOT_FOUND', 'There is no such purpose');
  return entry;
}

function consumerOf({ consumerId }: RegistryCaller): string {
  if (consumerId !== null) return consumerId;
  throw new Refusal('FORBIDDEN', 'You belong to no organisation that asks');
}

function partnerOf({ partnerId }: RegistryCaller): string {
  if (partnerId !== null) return partnerId;
  throw new Refusal('FORBIDDEN', 'You belong to no partner');
}

function mustBeOwn(entry: PurposeEntry, consumerId: string): void {
  if (entry.consumerId === consumerId) return;
  throw new Refusal('FORBIDDEN', 'This purpose is of another organisation');
}

async function mustBeSound(
  reader: RegistryReader,
  { consumerId }: PurposeEntry,
  content: PurposeContent,
): Promise<void> {
  const consumer = await reader.consumer(consumerId);
  const problems = checkPurpose(content, consumer === null ? [] : consumer.content.districts);
  if (problems.length === 0) return;
  const isOfForm = problems.every(({ field }) => field.startsWith('riskAnalysis.'));
  throw new Refusal(
    isOfForm ? 'RISK_ANALYSIS_REFUSED' : 'PURPOSE_REFUSED',
    'The purpose contradicts itself',
    problems.slice(0, 50),
  );
}
