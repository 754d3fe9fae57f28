import { markdownTable } from '../markdown-table.ts';
import type { Quality } from './measure-quality.ts';
import { type PairScore, precisionOf, recallOf } from './score-groups.ts';

/** Tables of what each stage adds and of which rules were wrong, for one model and size. */
export function qualityReport(quality: Quality): string {
  const { model, people, records, stages, review, rules, blocking, largestComponent } = quality;
  const reviewed =
    `${review.reviewed} in ${review.rounds} rounds` +
    (review.left > 0 ? `, ${review.left} left` : '');
  const rows = [
    ...stages.map((score) => [
      score.stage,
      ...scores(score),
      `${score.queue} (${score.queueTrue} one person)`,
    ]),
    ['+ perfect review', ...scores(review), reviewed],
  ];
  const notes = [
    ...(blocking === null ? [] : [blockingNote(blocking)]),
    `The largest set of records that reach one another has ${largestComponent} of ${records}.`,
  ];
  return [
    `### ${model}, ${people.toLocaleString('en-US')} people, ${records.toLocaleString('en-US')} records`,
    markdownTable(['stage', 'precision', 'recall', 'false pairs', 'to review'], rows),
    markdownTable(
      ['links by', 'right', 'wrong'],
      rules.map(({ rule, right, wrong }) => [rule, String(right), String(wrong)]),
    ),
    notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}

function scores(score: PairScore): string[] {
  return [precisionOf(score).toFixed(5), recallOf(score).toFixed(4), String(score.wrong)];
}

function blockingNote({ comparable, lost, unlike }: NonNullable<Quality['blocking']>): string {
  const share = comparable === 0 ? 0 : (100 * lost) / comparable;
  return (
    `Blocking loses ${lost} of the ${comparable} true pairs with a similar filter (${share.toFixed(2)} %); ` +
    `${unlike} more true pairs have none.`
  );
}
