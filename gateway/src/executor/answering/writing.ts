import type { Repeated } from '../running/shared-references.ts';

type Path = readonly (string | number)[];

/** A place where the answer has `null` although nobody said that there is nothing. */
export interface Gap {
  /** In the client's names. */
  readonly path: Path;
  readonly coordinate: string;
  /**
   * `missing` = nobody gave it; `invalid` = not of the schema's type; `null` = none where one must be; `large` = here
   * the answer was longer than one may be, and there is none at all.
   */
  readonly why: 'missing' | 'invalid' | 'null' | 'large';
}

/** What writing goes with. */
export interface Writing {
  /** Where in the answer the work is; only its first `depth` parts count. */
  readonly path: (string | number)[];
  readonly gaps: Gap[];
  readonly repeated: Repeated;
  /** The texts of lists and objects that are in several places, by who wrote them. */
  readonly known: Map<Write, Map<unknown, string>>;
  isHiding: boolean;
  /** Characters of the lists and objects that are whole so far. */
  size: number;
  readonly maxCharacters: number;
}

/** Ends the writing of an answer. */
export class TooLarge extends Error {
  readonly path: Path;

  constructor({ path }: Writing, depth: number) {
    super('the answer is longer than one may be');
    this.path = path.slice(0, depth);
  }
}

/**
 * Gives the JSON of a value as the answer has it: {@link mustPropagate} in place of a forbidden `null`, `undefined` for
 * a value that is not of the type.
 */
export type Write = (
  value: unknown,
  writing: Writing,
  depth: number,
) => string | typeof mustPropagate | undefined;

export const mustPropagate = Symbol('a null that its parent may not have');

/** Gaps that are told one by one; an answer has room for more nulls than anybody reads errors. */
const mostGaps = 1_000;

/** What the graph has and no client may know of: in an answer there is nothing in its place, and not a word of it. */
export interface Hidden {
  hasType(name: string): boolean;
  hasEnumValue(type: string, name: string): boolean;
}

/** Counts a whole text that is not counted piece by piece. */
export function add(text: string, writing: Writing, depth: number): string {
  writing.size += text.length;
  if (writing.size > writing.maxCharacters) throw new TooLarge(writing, depth);
  return text;
}

/** What is in several places is written for the first of them, unless there is something to tell of each. */
export function writeOnce(
  write: Write,
  value: unknown,
  writing: Writing,
  depth: number,
): ReturnType<Write> {
  const { known, gaps } = writing;
  let ofThis = known.get(write);
  const before = ofThis?.get(value);
  if (before !== undefined) return add(before, writing, depth);
  const told = gaps.length;
  const written = write(value, writing, depth);
  if (gaps.length === told && typeof written === 'string') {
    if (!ofThis) {
      ofThis = new Map();
      known.set(write, ofThis);
    }
    ofThis.set(value, inOnePiece(written));
  }
  return written;
}

/** A text that is put together of many is copied piece by piece wherever it goes; reading it joins the pieces. */
function inOnePiece(text: string): string {
  return text.charCodeAt(0) >= 0 ? text : '';
}

export function hide(writing: Writing): string {
  writing.isHiding = true;
  return 'null';
}

export function note(
  { path, gaps }: Writing,
  depth: number,
  coordinate: string,
  why: Gap['why'],
): void {
  if (gaps.length < mostGaps) gaps.push({ path: path.slice(0, depth), coordinate, why });
}
