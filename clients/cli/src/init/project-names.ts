import { registryId, sharedOwner } from '@tavolo/access-model';
import { subgraphNames } from '@tavolo/schemas';
import { UsageError } from '../cli-error.ts';

/** The names that follow from an institution's own: two institutions never share one. */
export interface ProjectNames {
  /** `employment-centre`. */
  readonly name: string;
  /** `EmploymentCentre`, in front of every type of its own. */
  readonly type: string;
  /** `employmentCentre`, in front of every field it adds to what it shares. */
  readonly field: string;
  /** `employmentCentreKey`, as the person index derives it too. */
  readonly key: string;
}

/** Leaves room for what is written behind it. */
const longest = 40;

/** Refuses a name that cannot be one, that is taken, or that would make no name in GraphQL. */
export function projectNames(name: string): ProjectNames {
  if (!registryId.safeParse(name).success || name.length > longest) {
    throw new UsageError(
      `the name of a subgraph is lower-case letters and numbers, words joined by hyphens, 2–${longest} characters: employment-centre`,
    );
  }
  if (/^\d/u.test(name)) {
    throw new UsageError(
      'the name begins with a number, and no type in GraphQL may: put a word in front',
    );
  }
  if (/-\d/u.test(name)) {
    throw new UsageError(
      'a word of the name begins with a number: centre-1 and centre1 would have one sector key between them; write centre1',
    );
  }
  const taken: readonly string[] = [...subgraphNames, sharedOwner, 'tavolo'];
  if (taken.includes(name)) {
    throw new UsageError(
      `${name} is in the graph already: take the name of your own institution (an existing project is changed, not begun anew)`,
    );
  }
  const type = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const field = type.charAt(0).toLowerCase() + type.slice(1);
  return { name, type, field, key: `${field}Key` };
}

/** What may stand in a description: nothing that ends a text in GraphQL, Markdown, YAML or a shell. */
const titlePattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} '’.,()/&–-]{1,99}$/u;

/** Refuses a title that is more than words. */
export function readTitle(option: string, text: string): string {
  const title = text.trim();
  if (titlePattern.test(title) && !title.includes('  ')) return title;
  throw new UsageError(
    `${option}: the name of the institution in words, 2–100 characters: letters, numbers, spaces and ' ’ . , ( ) / & –`,
  );
}

/** An office's address, never a person's: it is published in the project's README. */
export function readContact(text: string): string {
  const contact = text.trim();
  const isMail = /^[\w.+-]{1,64}@[a-z0-9][a-z0-9.-]{0,100}\.[a-z]{2,20}$/iu.test(contact);
  const isPage = /^https:\/\/[\w./~-]{3,200}$/iu.test(contact);
  if (isMail || isPage) return contact;
  throw new UsageError('--contact: the e-mail address of an office, or an https page');
}

/** `employment-centre` as it is shown until somebody gives it a better name. */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
