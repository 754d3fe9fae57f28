import { describe, expect, it } from 'vitest';
import { enrolled } from './enrolled-people.fixture.ts';
import { isWorthKeeping, linkPeople } from './link-people.ts';
import type { LinkablePerson } from './linkable-person.ts';
import { createPeopleGraph, type PeopleGraph } from './people-graph.ts';

const CONSONANTS = Array.from('bdfgklmnrst');
const VOWELS = Array.from('aiu');

function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function graphOf(people: readonly LinkablePerson[]): PeopleGraph {
  const graph = createPeopleGraph({ random: drawFrom(3), isWorthKeeping });
  graph.putPeople(people);
  return graph;
}

/** `size` people whom two institutions know under one name and date. */
function twoRegisters(size: number): LinkablePerson[] {
  const random = drawFrom(9);
  const draw = (letters: readonly string[]) => letters[Math.floor(random() * letters.length)] ?? '';
  const word = () => Array.from({ length: 3 }, () => draw(CONSONANTS) + draw(VOWELS)).join('');
  return Array.from({ length: size }, (_, number) => {
    const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
    const written = {
      name: `${word()} ${word()}`,
      birthDate: `${1960 + (number % 50)}-07-${day}`,
      citizenship: 'SN',
    };
    return [enrolled('a', number, written), enrolled('b', size - number, written)];
  }).flat();
}

const people = twoRegisters(300);

function groupsOf(graph: PeopleGraph, refs: Iterable<string>): string[] {
  return [...linkPeople(graph, refs)]
    .flatMap(({ groups }) => groups.map((group) => [...group].sort().join(' ')))
    .sort();
}

describe('linking people', () => {
  it('is the same in whatever order they were enrolled and asked for', () => {
    const straight = graphOf(people);
    const reversed = graphOf([...people].reverse());
    const expected = groupsOf(straight, straight.refs());
    expect(expected).toHaveLength(300);
    expect(groupsOf(reversed, [...reversed.refs()].reverse())).toEqual(expected);
  });

  it('around one record it says what linking everybody says of it', () => {
    const graph = graphOf(people);
    const all = groupsOf(graph, graph.refs());
    for (const { ref } of people.slice(0, 40)) {
      for (const group of groupsOf(graph, [ref])) expect(all).toContain(group);
    }
  });

  it('twins of two institutions are four records of two people', () => {
    const written = { birthDate: '2001-05-17', citizenship: 'NG' };
    const twins = ['a', 'b'].flatMap((source) => [
      enrolled(source, 1, { ...written, name: 'Taiwo Okonkwo', sex: 'F' }),
      enrolled(source, 2, { ...written, name: 'Kehinde Okonkwo', sex: 'M' }),
    ]);
    const graph = graphOf(twins);
    const key = (number: number) => String(number).padStart(43, '0');
    expect(groupsOf(graph, graph.refs())).toEqual(
      [1, 2].map((one) => `a/${key(one)} b/${key(one)}`),
    );
  });

  it('namesakes born on one day are queued, not linked', () => {
    const written = { name: 'Mohamed Ali', birthDate: '1990-05-17', citizenship: 'SO' };
    const graph = graphOf([
      enrolled('a', 1, written),
      enrolled('b', 1, written),
      enrolled('b', 2, written),
    ]);
    const [linked] = [...linkPeople(graph, graph.refs())];
    expect(linked?.links).toEqual([]);
    expect(linked?.doubts).toHaveLength(2);
  });

  it('a number that more than fifty records hold links nobody', () => {
    const sample = [{ kind: 'CODICE_FISCALE', value: 'DLLFMT90E57Z343X' }] as const;
    const graph = graphOf(
      Array.from({ length: 60 }, (_, number) =>
        enrolled(number % 2 === 0 ? 'a' : 'b', number, {}, sample),
      ),
    );
    expect(groupsOf(graph, graph.refs())).toHaveLength(60);
  });

  it('a link is carried where nothing else can be said', () => {
    const graph = graphOf([enrolled('a', 1), enrolled('b', 1)]);
    const [one = '', other = ''] = [...graph.refs()];
    const carried = { refs: [one, other] as const, score: 0.97 };
    const [linked] = [...linkPeople(graph, [one], { carriedOf: () => [carried] })];
    expect(linked?.links).toMatchObject([{ stage: 'CARRIED' }]);
  });
});
