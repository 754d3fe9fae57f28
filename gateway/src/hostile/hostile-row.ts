import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A text, or the rule it is made by; see `README.md`. */
export type WrittenText =
  | string
  | {
      readonly before: string;
      readonly repeat: readonly [string, number];
      readonly after: WrittenText;
    };

const writtenText: z.ZodType<WrittenText> = z.union([
  z.string(),
  z.strictObject({
    before: z.string(),
    repeat: z.tuple([z.string(), z.int()]),
    get after() {
      return writtenText;
    },
  }),
]);

const request = z.strictObject({
  method: z.string().default('POST'),
  path: z.string().default('/graphql'),
  purpose: z.string().default('analysis'),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])).default({}),
  query: writtenText.optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  operationName: writtenText.optional(),
  documentId: z.string().optional(),
  extensions: z.unknown().optional(),
  json: z.unknown().optional(),
  text: writtenText.optional(),
  base64: z.string().optional(),
});

const token = z.strictObject({
  claims: z.record(z.string(), z.unknown()).default({}),
  header: z.record(z.string(), z.unknown()).default({}),
  signedBy: z.enum(['issuer', 'stranger', 'nobody']).default('issuer'),
  authorization: z.string().default('Bearer {token}'),
});

export const hostileRow = z.strictObject({
  name: z.string().min(1),
  why: z.string(),
  request: request.prefault({ query: '{ sites }' }),
  token: token.prefault({}),
  expect: z.strictObject({
    status: z.int(),
    code: z.string().optional(),
    reason: z.string().optional(),
  }),
  /** Records of evidence it leaves: none where nothing of the graph was asked. */
  records: z.int().default(1),
});
export type HostileRow = z.infer<typeof hostileRow>;

export const partnerRow = z.strictObject({
  name: z.string().min(1),
  why: z.string(),
  query: z.string().default('{ sites }'),
  answer: z.strictObject({
    status: z.int().default(200),
    headers: z.record(z.string(), z.string()).default({ 'content-type': 'application/json' }),
    json: z.unknown().optional(),
    text: writtenText.optional(),
    silent: z.boolean().default(false),
    /** Sends no end. */
    open: z.boolean().default(false),
    close: z.boolean().default(false),
  }),
  expect: z.strictObject({ code: z.string().optional(), reason: z.string().optional() }),
});

/** The rows of one class, checked, so that a misspelt member is no silent row. */
export function readRows<Row>(name: string, row: z.ZodType<Row>): Row[] {
  const text = readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8');
  return z.array(row).min(1).parse(JSON.parse(text));
}

export function textOf(written: WrittenText): string {
  if (typeof written === 'string') return written;
  const [text, times] = written.repeat;
  const numbered = (number: number) =>
    text.replaceAll('##', String(number + 1)).replaceAll('#', String(number));
  const repeated = text.includes('#')
    ? Array.from({ length: times }, (_, number) => numbered(number)).join('')
    : text.repeat(times);
  return `${written.before}${repeated}${textOf(written.after)}`;
}
