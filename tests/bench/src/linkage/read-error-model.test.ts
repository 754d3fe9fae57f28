import { defaultErrorModel } from '@tavolo/demo-province';
import { describe, expect, it } from 'vitest';
import { MODEL_NAMES, parseErrorModel, readErrorModel } from './read-error-model.ts';

const base = JSON.stringify({
  twins: 0.03,
  ...defaultErrorModel,
});

describe('a model of errors', () => {
  it.each(MODEL_NAMES)('%s can be read', (name) => {
    expect(readErrorModel(name).name).toBe(name);
  });

  it('base makes the mistakes of the demo province, and has twins', () => {
    const { parameters } = readErrorModel('base');
    expect(parameters.errors).toEqual(defaultErrorModel);
    expect(parameters.twins).toBe(0.03);
  });

  it('worst is as hard as each of the others in what makes it hard', () => {
    const errorsOf = (name: string) => readErrorModel(name).parameters.errors;
    const worst = errorsOf('worst');
    expect(worst.bornOnFirstOfJanuary).toBe(errorsOf('january-first').bornOnFirstOfJanuary);
    expect(worst.independentTransliteration).toBe(
      errorsOf('three-scripts').independentTransliteration,
    );
    expect(worst.recordHasIdentifiers).toBe(errorsOf('few-identifiers').recordHasIdentifiers);
    expect(worst.typo).toBeGreaterThan(errorsOf('base').typo);
  });

  it('is as in base where it says nothing', () => {
    const { parameters } = parseErrorModel('mine.json', '{ "typo": 0.5 }', base);
    expect(parameters.errors).toEqual({ ...defaultErrorModel, typo: 0.5 });
    expect(parameters.twins).toBe(0.03);
  });

  it.each([
    ['{ "typos": 0.5 }', 'typos'],
    ['{ "typo": 4 }', 'typo'],
    ['{ "identifierKnown": { "social-services": { "CUY": 1 } } }', 'CUY'],
  ])('is refused with the name of the file and of the field: %s', (text, field) => {
    expect(() => parseErrorModel('mine.json', text, base)).toThrow(
      new RegExp(`mine\\.json.*${field}`, 's'),
    );
  });
});
