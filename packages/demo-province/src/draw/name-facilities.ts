import type { Municipality } from '@tavolo/schemas';
import type { Random } from '../random.ts';
import type { WorldReceptionType } from '../world.ts';

/** Invented; any likeness to a real body is chance. */
export const managingBodies = [
  'Cooperativa Ponte Taro',
  'Cooperativa La Soglia',
  'Consorzio Terre Verdi',
  'Cooperativa Il Cortile',
  'Associazione Porta Nuova',
  'Cooperativa Sette Fonti',
  'Cooperativa Argine',
  'Fondazione Casa Aperta',
] as const;

const streets = [
  'Via Emilia',
  'Via Mazzini',
  'Via Garibaldi',
  'Via Roma',
  'Via Verdi',
  'Via Matteotti',
  'Strada Nuova',
  'Via Cavour',
  'Via della Repubblica',
  'Via Gramsci',
  'Viale Stazione',
  'Via Trento',
  'Via XX Settembre',
  'Strada Langhirano',
  'Via Marconi',
  'Via Dante',
  'Borgo San Giuseppe',
  'Via dei Mille',
  'Via Pasteur',
  'Via Farini',
  'Strada Traversetolo',
  'Via Solferino',
  'Via Po',
  'Via Toscana',
  'Via Paradigna',
] as const;

const kinds: Readonly<Record<WorldReceptionType, readonly string[]>> = {
  CAS: ['CAS', 'Appartamento', 'Casa'],
  SAI: ['SAI', 'Appartamento SAI'],
  IMMEDIATE_RECEPTION: ['Pronta accoglienza'],
  CPA_HUB: ['Hub regionale'],
};

/** Names facilities by their street, as centres do; no spelling of one is the spelling of another in the same municipality. */
export function createFacilityNamer(random: Random) {
  const taken = new Set<string>();
  return (
    type: WorldReceptionType,
    municipality: Municipality,
  ): { name: string; nameVariants: string[] } => {
    for (;;) {
      const street = random.pick(streets);
      const number = random.integer(1, 240);
      const kind = random.pick(kinds[type]);
      const key = `${municipality.istatCode} ${street} ${number}`;
      if (taken.has(key)) continue;
      taken.add(key);
      const name = `${kind} ${street} ${number}`;
      const shortStreet = street
        .replace(/^Via /, 'V. ')
        .replace(/^Strada /, 'Str. ')
        .replace(/^Viale /, 'V.le ');
      return {
        name,
        nameVariants: [
          name,
          name.toUpperCase(),
          `${kind} ${shortStreet} n. ${number}`,
          `${kind} - ${street}, ${number} (${municipality.name})`,
        ],
      };
    }
  };
}
