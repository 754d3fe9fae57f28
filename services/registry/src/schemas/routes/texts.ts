import { z } from 'zod';
import { paragraph } from '../../model/text.ts';

/** Why somebody changes a schema, for whoever reads its history; about nobody. */
export const reason = paragraph(500);

export const note = z.union([z.literal(''), paragraph(500)]).default('');
