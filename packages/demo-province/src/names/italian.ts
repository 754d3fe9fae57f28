import { nameList } from './name-list.ts';

/** The volunteers of the province. */
export const italian = nameList('LATIN', {
  male: `Marco Luca Andrea Giuseppe Paolo Stefano Davide Matteo Giovanni Alessandro Francesco Roberto Fabio Simone
    Massimo Claudio Enrico Giorgio Carlo Pietro Lorenzo Filippo Nicola Alberto`,
  female: `Maria Anna Laura Paola Francesca Giulia Chiara Elena Sara Silvia Barbara Cristina Daniela Federica Lucia
    Marta Elisa Valentina Monica Roberta Simona Patrizia Teresa Caterina`,
  family: `Ferrari Bianchi Rossi Romano Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa Giordano Rizzo
    Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile
    Martinelli Vitale Lombardo Serra Coppola De_Santis D'Angelo Marchetti Parisi Villa Conte Bernardi Monti Pellegrini
    Palumbo Sanna Farina Riva Zanetti Bertoli Guareschi Ghirardi Bocchi Tanzi Zerbini Pelosi Cavalli Schianchi`,
});
