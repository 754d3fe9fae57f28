import type { LegacyTable } from '../legacy-table.ts';
import { accessoSportello } from './accesso-sportello.ts';
import { equipeMembro, riunioneEquipe } from './equipe.ts';
import { fascicolo } from './fascicolo.ts';
import { intervento } from './intervento.ts';
import { movimentoFascicolo } from './movimento-fascicolo.ts';
import { areaProgetto, progettoPai } from './progetto-pai.ts';
import { segnalazione } from './segnalazione.ts';
import { valutazione, valutazioneArea } from './valutazione.ts';

/** Every table of a social service that the hub reads, code tables apart. */
export const legacyTables: readonly LegacyTable<unknown>[] = [
  fascicolo,
  movimentoFascicolo,
  valutazione,
  valutazioneArea,
  progettoPai,
  areaProgetto,
  equipeMembro,
  riunioneEquipe,
  intervento,
  segnalazione,
  accessoSportello,
];
