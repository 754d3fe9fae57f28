import { createRandom } from '@tavolo/demo-province';
import { createPeopleGraph, isWorthKeeping, linkPeople } from '@tavolo/matching';
import { loadGraph } from './read-encoded.ts';

/** How many people are enrolled anew, one at a time, after the full match. */
const ENROLMENTS = 200;

/** What `matching-process` prints. */
export interface MatchingTimes {
  readonly fullMatchSeconds: number;
  readonly peakMb: number;
  readonly enrolMs: readonly number[];
}

const [file = '', seed = '1'] = process.argv.slice(2);
const random = createRandom(Number(seed));
const startedAt = performance.now();
const graph = createPeopleGraph({ random: random.next, isWorthKeeping });
await loadGraph(graph, file);
let links = 0;
for (const linked of linkPeople(graph, graph.refs())) links += linked.links.length;
if (links === 0) throw new Error('The full match linked nobody');
const fullMatchSeconds = (performance.now() - startedAt) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;

const refs = random
  .fork('newcomers')
  .shuffled([...graph.refs()])
  .slice(0, ENROLMENTS);
const enrolMs = refs.map((ref) => {
  const person = graph.person(ref);
  if (person === undefined) throw new Error('A record of the graph is gone');
  graph.removePeople([ref]);
  const enrolledAt = performance.now();
  graph.putPeople([person]);
  for (const { groups } of linkPeople(graph, [ref])) links += groups.length;
  return performance.now() - enrolledAt;
});
const times: MatchingTimes = { fullMatchSeconds, peakMb, enrolMs };
process.stdout.write(JSON.stringify(times));
