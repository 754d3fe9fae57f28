import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { groupBy } from '../../group-by.ts';
import type { SourceManifest } from '../../source-manifest.ts';
import type { World } from '../../world.ts';
import { breakMessage, dirtyKinds } from './dirty-messages.ts';
import { characterSets, encodeMessage, type Segments } from './hl7-text.ts';
import { patientHistories } from './patient-histories.ts';
import {
  type DraftMessage,
  mergeMessage,
  messageSegments,
  type PatientHistory,
  patientMessages,
} from './patient-messages.ts';
import { patientResources } from './patient-resources.ts';
import { referenceResources } from './reference-resources.ts';

/** `mllpFiles` are streams of MLLP blocks to be sent in order; `dropFiles` go into the drop folder. */
export interface HealthAuthorityManifest extends SourceManifest {
  readonly mllpFiles: readonly string[];
  readonly dropFiles: readonly string[];
}

type Dirty = SourceManifest['dirty'][number];

const messagesPerFile = 2_000;
const patientsPerBundle = 200;

/**
 * Writes what the health authority would send: HL7 v2.5 messages for MLLP, batch files, FHIR bundles. Each
 * patient comes by one of the three. In a dirty row of an MLLP stream `line` is the number of the block, in
 * a bundle that of the entry. Broken rows are copies beside good ones.
 */
export async function writeHealthAuthority(
  world: World,
  folder: string,
  { dirtyShare, random }: { readonly dirtyShare: number; readonly random: () => number },
): Promise<HealthAuthorityManifest> {
  await mkdir(path.join(folder, 'mllp'), { recursive: true });
  await mkdir(path.join(folder, 'drop'), { recursive: true });
  const channels = groupBy(patientHistories(world), () => {
    const draw = random();
    return draw < 0.4 ? 'mllp' : draw < 0.75 ? 'batch' : 'fhir';
  });
  const dirty: Dirty[] = [];
  const files = { mllp: [] as string[], drop: [] as string[] };
  let rows = 0;
  let controlId = 0;
  const nextId = () => {
    controlId += 1;
    return `TV${String(controlId).padStart(8, '0')}`;
  };
  const write = async (kind: 'mllp' | 'drop', name: string, content: Buffer | string) => {
    await writeFile(path.join(folder, kind, name), content);
    files[kind].push(`${kind}/${name}`);
  };

  const sent = channels.get('mllp') ?? [];
  for (const [index, drafts] of chunks(inOrder(sent, random), messagesPerFile).entries()) {
    const name = `adt-${String(index + 1).padStart(4, '0')}.mllp`;
    const encoded = encodeAll(drafts, 'OSPPR', { dirtyShare, random, nextId });
    for (const [block, { kind }] of encoded.entries()) {
      if (kind) dirty.push({ file: `mllp/${name}`, line: block + 1, kind });
    }
    rows += encoded.length;
    await write('mllp', name, Buffer.concat(encoded.map(({ bytes }) => frame(bytes))));
  }
  const batched = channels.get('batch') ?? [];
  for (const [index, drafts] of chunks(inOrder(batched, random), messagesPerFile).entries()) {
    const name = `adt-lotto-${String(index + 1).padStart(4, '0')}.hl7`;
    const encoded = encodeAll(drafts, 'DIPTERR', { dirtyShare, random, nextId });
    let line = 3;
    for (const { bytes, kind } of encoded) {
      if (kind) dirty.push({ file: `drop/${name}`, line, kind });
      line += bytes.toString('latin1').split('\r').length - 1;
    }
    rows += encoded.length;
    await write('drop', name, batchFile(encoded.map(({ bytes }) => bytes)));
  }
  await write('drop', 'fhir-0000-servizi.json', bundle('collection', referenceResources()));
  rows += referenceResources().length;
  for (const [index, patients] of chunks(channels.get('fhir') ?? [], patientsPerBundle).entries()) {
    const name = `fhir-${String(index + 1).padStart(4, '0')}-pazienti.json`;
    const resources = patients.flatMap((patient) => patientResources(patient, random() < 0.5));
    const broken = Array.from({ length: Math.round(resources.length * dirtyShare) }, (_, place) => {
      dirty.push({
        file: `drop/${name}`,
        line: resources.length + place + 1,
        kind: 'fhir-invalid-resource',
      });
      const start = '2026-02-30';
      return {
        resourceType: 'Encounter',
        id: `bad-${index}-${place}`,
        status: 'finished',
        subject: { reference: 'Patient/nobody' },
        period: { start },
      };
    });
    rows += resources.length + broken.length;
    await write(
      'drop',
      name,
      bundle(index % 2 === 0 ? 'transaction' : 'collection', [...resources, ...broken]),
    );
  }
  return {
    files: [...files.mllp, ...files.drop],
    mllpFiles: files.mllp,
    dropFiles: files.drop,
    rows,
    dirty,
  };
}

/** One in fifty patients was given a second number by mistake, merged later; one more message still uses it. */
function inOrder(histories: readonly PatientHistory[], random: () => number): DraftMessage[] {
  return histories.flatMap((history) => {
    const usesOids = random() < 0.5;
    const { localId } = history.record;
    const messages = patientMessages(history, { localId, usesOids });
    const [first, second, ...others] = messages;
    if (random() >= 0.02 || !first || !second) return messages;
    const mergedId = `${localId}X`;
    const underOldNumber = patientMessages(history, { localId: mergedId, usesOids });
    const [oldFirst = first, ...oldOthers] = underOldNumber;
    return [
      oldFirst,
      second,
      mergeMessage(history, mergedId, second.at),
      ...others.slice(0, -1),
      oldOthers.at(-1) ?? second,
    ];
  });
}

function encodeAll(
  drafts: readonly DraftMessage[],
  facility: string,
  {
    dirtyShare,
    random,
    nextId,
  }: { dirtyShare: number; random: () => number; nextId: () => string },
): { bytes: Buffer; kind: string | null }[] {
  let broken = 0;
  return drafts.flatMap((draft) => {
    const segments: Segments = messageSegments(draft, nextId(), facility);
    const set = characterSets[Math.floor(random() * characterSets.length)] ?? characterSets[0];
    const good = { bytes: encodeMessage(segments, set), kind: null };
    if (random() >= dirtyShare) return [good];
    const kind = dirtyKinds[broken % dirtyKinds.length] ?? 'unknown-event';
    // Without a visit there is no date to break.
    if (kind === 'bad-date' && !draft.body.some(([name]) => name === 'PV1')) return [good];
    broken += 1;
    return [good, { bytes: breakMessage(kind, segments, nextId()), kind }];
  });
}

function batchFile(messages: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('FHS|^~\\&|ADT|DIPTERR|TAVOLO|AUSLPR\rBHS|^~\\&|ADT|DIPTERR|TAVOLO|AUSLPR\r'),
    ...messages,
    Buffer.from(`BTS|${messages.length}\rFTS|1\r`),
  ]);
}

/** One MLLP block, as it goes over the wire. */
function frame(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x0b]), message, Buffer.from([0x1c, 0x0d])]);
}

function bundle(type: 'transaction' | 'collection', resources: readonly object[]): string {
  const entry = resources.map((resource) =>
    type === 'transaction'
      ? {
          resource,
          request: { method: 'PUT', url: 'resourceType' in resource ? resource.resourceType : '' },
        }
      : { resource },
  );
  return `${JSON.stringify({ resourceType: 'Bundle', type, entry })}\n`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
