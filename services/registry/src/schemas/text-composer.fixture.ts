import { createHash } from 'node:crypto';
import type { Finding } from '@tavolo/schema-check';
import type { Composer } from './composition/composer.ts';
import type { CompositionJob, CompositionResult } from './composition/composition-job.ts';

/**
 * A composer for tests of everything around it: a schema is lines `Type.field`, and `!CODE` is a finding. A line of
 * two subgraphs does not compose; a field that goes is a breaking change; a contract leaves out fields that end with an excluded tag.
 */
export function createTextComposer(): Composer & { readonly jobs: CompositionJob[] } {
  const jobs: CompositionJob[] = [];
  return {
    jobs,
    async compose(job) {
      jobs.push(job);
      return composeText(job);
    },
    close: async () => undefined,
  };
}

function composeText(job: CompositionJob): CompositionResult {
  const all = [...job.others, ...job.submitted];
  const owners = Object.fromEntries(
    all.flatMap(({ owner, files }) =>
      linesOf(files).flatMap((line) => (line.startsWith('!') ? [] : [[line, [owner]] as const])),
    ),
  );
  const fields = Object.keys(owners).sort();
  const sdl = [...fields, ...all.map(({ name, url }) => `# ${name} ${url}`).sort()].join('\n');
  const contracts = job.contracts.map(({ name, excludeTags }) => ({
    contract: name,
    sdl: fields.filter((field) => !excludeTags.some((tag) => field.endsWith(tag))).join('\n'),
  }));
  const findings = [
    ...job.submitted.flatMap(({ name, files }) =>
      linesOf(files)
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1))
        .filter((code) => !job.waivers.some((one) => one.subgraph === name && one.code === code))
        .map((code) => findingOf(code)),
    ),
    ...contracts.filter((one) => one.sdl === '').map(() => findingOf('CONTRACT_EMPTY')),
  ];
  const named = all.flatMap(({ files }) => [...new Set(linesOf(files))]);
  if (new Set(named).size < named.length) findings.push(findingOf('INVALID_FIELD_SHARING'));
  const isComposable = !findings.some(({ code }) => code.startsWith('INVALID'));
  const gone = fieldsIn(job.before?.sdl ?? '').filter((field) => !fields.includes(field));
  return {
    findings,
    graph: isComposable
      ? { sdl, id: createHash('sha256').update(sdl).digest('hex'), owners, contracts }
      : null,
    changes: gone.map((field) => ({
      kind: 'FIELD_REMOVED',
      coordinate: field,
      description: `${field} was removed.`,
      isBreaking: true,
      fields: [field],
    })),
  };
}

function fieldsIn(sdl: string): readonly string[] {
  return sdl.split('\n').filter((line) => /^[A-Z]\w*\.\w+$/u.test(line));
}

function linesOf(files: readonly { readonly text: string }[]): readonly string[] {
  return files.flatMap(({ text }) => text.split('\n').filter((line) => line !== ''));
}

function findingOf(code: string): Finding {
  const text = { en: `${code} in a test`, it: `${code} in una prova` };
  const place = { coordinate: null, place: null, others: [] };
  return { code, severity: 'ERROR', ...place, cause: text, fix: text };
}
