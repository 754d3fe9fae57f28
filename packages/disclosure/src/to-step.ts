/** A figure as a whole number of steps, without the tail that binary fractions leave (0.30000000000000004). */
export function toStep(
  value: number,
  step: number,
  direction: 'NEAREST' | 'DOWN' | 'UP' = 'NEAREST',
): number {
  const steps = value / step;
  const whole =
    direction === 'NEAREST'
      ? Math.round(steps)
      : direction === 'DOWN'
        ? Math.floor(steps)
        : Math.ceil(steps);
  return Number((whole * step).toPrecision(12)) + 0;
}
