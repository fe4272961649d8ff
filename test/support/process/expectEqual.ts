import { isDeepStrictEqual } from 'node:util';

/**
 * The same as `expect(actual).toEqual(expected)`, for loops of thousands: `expect` takes a stack trace even where all is well.
 * What is strictly equal is equal to `toEqual` too.
 */
export function expectEqual(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}
