export { writeReceptionCentres } from './write-reception-centres.ts';
