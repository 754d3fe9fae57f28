import { type LocalConventions, localConventions } from './local-conventions.ts';

const registry = `drop schema if exists anagrafe cascade;
create schema anagrafe;
create table anagrafe.anagrafica_utente (
  id_utente varchar(16) primary key,
  cognome text,
  nome text,
  data_nascita date,
  sesso char(1),
  cittadinanza varchar(3),
  codice_fiscale varchar(16),
  codice_fiscale_dal date,
  cf_provvisorio varchar(16),
  cf_provvisorio_dal date,
  cf_provvisorio_al date,
  telefono text,
  email text,
  indirizzo text,
  note text,
  condivisione text,
  riservato boolean,
  cancellato_il timestamp
);
create table anagrafe.identificativo_utente (
  id_identificativo integer primary key,
  id_utente varchar(16),
  tipo varchar(10),
  valore varchar(40),
  valido_dal date,
  valido_al date,
  cancellato_il timestamp
);
create index on anagrafe.identificativo_utente (id_utente);
create table anagrafe.nucleo_familiare (
  id_nucleo varchar(16) primary key,
  codice_nucleo varchar(20),
  codice_nucleo_accoglienza varchar(20),
  note text,
  cancellato_il timestamp
);
create table anagrafe.componente_nucleo (
  id_nucleo varchar(16),
  id_utente varchar(16),
  dal date,
  al date,
  cancellato_il timestamp
);
create index on anagrafe.componente_nucleo (id_nucleo);
`;

/** The structure of the database as its dump would have it: a shared registry and one schema a service. */
export function schemaSql(): string {
  return registry + localConventions.map(serviceSchema).join('');
}

function serviceSchema({ schema, dates, cancelled }: LocalConventions): string {
  const day = dates === 'date' ? 'date' : 'varchar(10)';
  const amount = dates === 'date' ? 'numeric(10,2)' : 'varchar(15)';
  const mark = cancelled === 'cancellato_il' ? 'cancellato_il timestamp' : 'flag_annullato char(1)';
  const table = (name: string, columns: readonly string[], indexed: readonly string[]): string =>
    [
      `create table ${schema}.${name} (\n  ${[...columns, mark].join(',\n  ')}\n);\n`,
      ...indexed.map((column) => `create index on ${schema}.${name} (${column});\n`),
    ].join('');
  return [
    `drop schema if exists ${schema} cascade;\ncreate schema ${schema};\n`,
    `create table ${schema}.cod_area (\n  codice varchar(60) primary key,\n  descrizione text\n);\n`,
    `create table ${schema}.sportello (\n  id_sportello varchar(10) primary key,\n  descrizione text,\n  comune varchar(6)\n);\n`,
    table(
      'fascicolo',
      [
        'id_fascicolo integer primary key',
        'numero_fascicolo varchar(20)',
        'id_utente varchar(16)',
        'id_nucleo varchar(16)',
        'comune varchar(6)',
        `data_apertura ${day}`,
        'area_utenza varchar(20)',
        'canale_accesso varchar(20)',
        'ruolo_responsabile varchar(20)',
        'operatore_responsabile text',
        'note text',
      ],
      ['id_utente', 'id_nucleo'],
    ),
    table(
      'movimento_fascicolo',
      [
        'id_movimento integer primary key',
        'id_fascicolo integer',
        'tipo_movimento varchar(20)',
        `data_movimento ${day}`,
        'operatore text',
        'note text',
      ],
      ['id_fascicolo'],
    ),
    table(
      'accesso_sportello',
      [
        'id_accesso integer primary key',
        'id_sportello varchar(10)',
        'id_utente varchar(16)',
        `data_accesso ${day}`,
        'ora_accesso varchar(8)',
        'canale varchar(20)',
        'domanda varchar(20)',
        'esito varchar(20)',
        'mediazione char(1)',
        'lingua varchar(5)',
        'operatore text',
        'note text',
      ],
      ['id_utente'],
    ),
    table(
      'valutazione',
      [
        'id_valutazione integer primary key',
        'id_fascicolo integer',
        `data_valutazione ${day}`,
        'ruolo_valutatore varchar(20)',
        'valutatore text',
        'fattori_vulnerabilita text',
        'relazione text',
      ],
      ['id_fascicolo'],
    ),
    table(
      'valutazione_area',
      [
        'id_valutazione_area integer primary key',
        'id_valutazione integer',
        'cod_area varchar(60)',
        'punteggio varchar(5)',
      ],
      ['id_valutazione'],
    ),
    table(
      'progetto_pai',
      [
        'id_progetto integer primary key',
        'id_fascicolo integer',
        `data_avvio ${day}`,
        `data_verifica ${day}`,
        'figura_riferimento char(1)',
        'nome_figura_riferimento text',
        'note text',
      ],
      ['id_fascicolo'],
    ),
    table(
      'area_progetto',
      [
        'id_area_progetto integer primary key',
        'id_progetto integer',
        'cod_area varchar(60)',
        'cod_obiettivo varchar(20)',
        'obiettivo text',
        'orizzonte_mesi varchar(5)',
        'stato varchar(20)',
      ],
      ['id_progetto'],
    ),
    table(
      'equipe_membro',
      [
        'id_membro integer primary key',
        'id_progetto integer',
        'cod_ruolo varchar(20)',
        'nominativo text',
        `dal ${day}`,
      ],
      ['id_progetto'],
    ),
    table(
      'riunione_equipe',
      [
        'id_riunione integer primary key',
        'id_progetto integer',
        `data_riunione ${day}`,
        'livello varchar(5)',
        'ruoli_presenti text',
        'verbale text',
      ],
      ['id_progetto'],
    ),
    table(
      'intervento',
      [
        'id_intervento integer primary key',
        'id_fascicolo integer',
        'voce_istat varchar(20)',
        'cod_area varchar(60)',
        `data_prevista ${day}`,
        `data_erogazione ${day}`,
        `importo ${amount}`,
        'tipo_ente varchar(20)',
        'ente_erogatore text',
        'note text',
      ],
      ['id_fascicolo'],
    ),
    table(
      'segnalazione',
      [
        'id_segnalazione integer primary key',
        'id_fascicolo integer',
        'mittente varchar(20)',
        'destinatario varchar(20)',
        `data_segnalazione ${day}`,
        'motivo varchar(20)',
        'testo text',
        `data_accettazione ${day}`,
        'esito varchar(20)',
      ],
      ['id_fascicolo'],
    ),
  ].join('');
}
