import { type Answer, type Asker, ask, readExample } from './ask.ts';

export interface TableGuest {
  readonly id: string;
  readonly entryAt: string | null;
  readonly person: {
    readonly ref: string;
    readonly firstHealthEvent: { readonly at: string; readonly serviceType: string } | null;
    readonly hoursToFirstHealthEvent: number | null;
    readonly socialCases:
      | readonly {
          readonly id: string;
          readonly openedAt: string;
          readonly plan: {
            readonly areas: readonly { readonly area: string | null; readonly localCode: string }[];
          } | null;
        }[]
      | null;
    readonly households:
      | readonly {
          readonly tutorMatches:
            | readonly {
                readonly id: string;
                readonly from: string;
                readonly tutors: readonly unknown[];
              }[]
            | null;
        }[]
      | null;
  } | null;
}

export interface TableAnswer {
  readonly facilities: {
    readonly nodes: readonly {
      readonly id: string;
      readonly receptionType: string;
      readonly municipality: { readonly name: string } | null;
      readonly guests: readonly TableGuest[] | null;
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

/** Asks the table's question for one district, every page of it. */
export async function tablesQuestion(
  asker: Asker,
  district: string,
): Promise<readonly Answer<TableAnswer>[]> {
  const query = await readExample('table-question');
  const answers: Answer<TableAnswer>[] = [];
  let after: string | null = null;
  do {
    const answer: Answer<TableAnswer> = await ask<TableAnswer>(asker, query, {
      district,
      after,
    });
    answers.push(answer);
    const page = answer.data.facilities?.pageInfo;
    after = page?.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return answers;
}
