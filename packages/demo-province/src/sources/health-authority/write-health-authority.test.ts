import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorld } from '../../create-world.ts';
import { createRandom } from '../../random.ts';
import { writeHealthAuthority } from './write-health-authority.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const world = createWorld({ seed: 3, size: 120, today: '2026-11-22' });
async function write(dirtyShare: number) {
  const folder = await mkdtemp(path.join(tmpdir(), 'health-source-'));
  folders.push(folder);
  const manifest = await writeHealthAuthority(world, folder, {
    dirtyShare,
    random: createRandom(5).next,
  });
  const contents = await Promise.all(
    manifest.files.map((file) => readFile(path.join(folder, file))),
  );
  return { manifest, contents, text: Buffer.concat(contents).toString('latin1') };
}

describe("the health authority's source", () => {
  it('is the same to the byte for the same world and draws', async () => {
    const [one, two] = [await write(0.05), await write(0.05)];
    expect(one.manifest).toEqual(two.manifest);
    expect(one.contents.every((bytes, index) => two.contents[index]?.equals(bytes))).toBe(true);
  });

  it('holds every visit once, with its diagnosis where hospitals write it, by one of the three ways', async () => {
    const { text, manifest } = await write(0);
    const visits = [...text.matchAll(/\bE\d{7}\b(?=\||"})/g)].map(([id]) => id);
    expect(new Set(visits)).toEqual(new Set(world.healthEvents.map(({ id }) => id)));
    expect(text).toContain('DG1|1||^');
    expect(manifest.dirty).toEqual([]);
    expect(manifest.mllpFiles.length * manifest.dropFiles.length).toBeGreaterThan(0);
  });

  it('writes every patient down with the citizenship where HL7 and FHIR have their place for it', async () => {
    const { text } = await write(0);
    const patients = [...text.matchAll(/PID\|[^\r]*/g)].map(([segment]) => segment.split('|'));
    const citizenships = new Set(world.people.map(({ citizenship }) => citizenship));
    expect(patients.length).toBeGreaterThan(0);
    for (const fields of patients) {
      expect(citizenships).toContain(fields[26]?.replace('^^ISO3166', ''));
    }
    const resources = text.split('"resourceType":"Patient"').length - 1;
    expect(text.split('patient-citizenship"').length - 1).toBe(resources);
    expect(resources).toBeGreaterThan(0);
  });

  it('lists every broken copy, of every kind, and breaks nothing else', async () => {
    const { manifest, contents } = await write(0.1);
    expect(new Set(manifest.dirty.map(({ kind }) => kind))).toEqual(
      new Set([
        'malformed-msh',
        'unknown-event',
        'bad-date',
        'wrong-charset',
        'duplicate-control-id',
        'missing-pid-3',
        'fhir-invalid-resource',
      ]),
    );
    const batch = manifest.files.findIndex((file) => file.endsWith('.hl7'));
    const lines = contents[batch]?.toString('latin1').split('\r') ?? [];
    for (const { file, line } of manifest.dirty) {
      if (file === manifest.files[batch]) expect(lines[(line ?? 0) - 1]).toMatch(/^MSH/);
    }
  });
});
