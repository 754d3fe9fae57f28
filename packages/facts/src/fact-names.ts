/** `lengthInDays`. */
export const isCamelCase = (name: string): boolean => /^[a-z][a-zA-Z0-9]{0,59}$/u.test(name);

/** `WITHIN_12_HOURS`. */
export const isUpperSnake = (name: string): boolean =>
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/u.test(name);

/** `asylumSteps` → `asylum-steps`. */
export const toKebabCase = (name: string): string =>
  name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

/** `asylumSteps` → `AsylumSteps`. */
export const toPascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `receptionType` → `RECEPTION_TYPE`. */
export const toUpperSnake = (name: string): string =>
  name.replace(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
