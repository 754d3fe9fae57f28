import { utilityOf } from '../src/attacks/utility-report.ts';

const tables: readonly { readonly people: number; readonly names: readonly string[] }[] = [
  { people: 1_500, names: ['district'] },
  { people: 1_500, names: ['district', 'year'] },
  { people: 1_500, names: ['district', 'receptionType'] },
  { people: 1_500, names: ['district', 'year', 'hasOpenPlan'] },
  { people: 1_500, names: ['district', 'vulnerability'] },
  { people: 198, names: ['year'] },
  { people: 198, names: ['district'] },
  { people: 198, names: ['district', 'year'] },
  { people: 198, names: ['vulnerability'] },
];
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

console.log(
  '| people | table | cells | suppressed | people hidden | mean deviation | relative | Hellinger |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const { people, names } of tables) {
  const utility = utilityOf(people, names, 20);
  const columns = [
    people.toLocaleString('en-GB'),
    names.join(' × '),
    utility.cells.toFixed(1),
    percent(utility.suppressed),
    percent(utility.peopleHidden),
    utility.deviation.toFixed(2),
    percent(utility.relative),
    utility.hellinger.toFixed(3),
  ];
  console.log(`| ${columns.join(' | ')} |`);
}
