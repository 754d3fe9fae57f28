import { nameList } from './name-list.ts';

/** Colombian and Venezuelan names; two family names, of which clerks keep one or both. */
export const spanish = nameList('LATIN', {
  male: `José/Jose Juan_Carlos/Juan Luis/Luìs Andrés/Andres Carlos/Carlo Jesús/Jesus Miguel/Miguel_Angel Jhon/John/Jon
    Óscar/Oscar Sebastián/Sebastian Víctor/Victor Daniel/Daniél Diego/Diégo Julián/Julian Iván/Ivan Hernán/Hernan
    Yeison/Jeison/Jason Wilmer/Vilmer Fabián/Fabian Camilo/Camillo`,
  female: `María/Maria Luz/Luz_Marina Ana/Ana_Maria Yuliana/Juliana Paola/Paula Sofía/Sofia Andrea/Andréa Lucía/Lucia
    Yésica/Jessica/Yesica Carolina/Karolina Diana/Dayana Martha/Marta Adriana/Adriána Camila/Camilla Natalia/Nathalia`,
  family: `Rodríguez/Rodriguez/Rodrigues García/Garcia González/Gonzalez/Gonzales Martínez/Martinez López/Lopez
    Hernández/Hernandez/Ernandez Pérez/Perez Ramírez/Ramirez Sánchez/Sanchez/Sanches Gómez/Gomez Díaz/Diaz
    Muñoz/Munoz Rojas/Roja Moreno/Moreno_Gil Jiménez/Jimenez Vargas/Bargas Castillo/Castiglio Ortiz/Ortis
    Quintero/Kintero Zapata/Sapata Restrepo/Restreppo Cárdenas/Cardenas Mejía/Mejia Ríos/Rios Peña/Pena Mosquera/Moschera`,
});
