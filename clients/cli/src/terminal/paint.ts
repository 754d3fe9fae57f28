import { styleText } from 'node:util';
import type { CliSurroundings } from '../cli-surroundings.ts';

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';
export type Paint = (colour: Colour, text: string) => string;

/** No colours. */
export const plain: Paint = (_colour, text) => text;

/** Colours where results go to a terminal whose user did not refuse them (`NO_COLOR`); plain text elsewhere. */
export function createPaint({ hasColours }: CliSurroundings): Paint {
  return hasColours === true ? styleText : plain;
}
