import type { Limit } from './limits';

/** Values at a limit of Plaid's and the nearest ones beyond it. */
export interface LimitValues {
  taken: readonly unknown[];
  refused: readonly unknown[];
  /** What the node refuses before Plaid has to, though Plaid's description does not say so. */
  refusedHere: readonly unknown[];
}

export function valuesAt(limit: Limit): LimitValues {
  switch (limit.kind) {
    case 'url':
      return {
        taken: ['https://example.com', 'https://example.com:8443/a?b=c'],
        refused: ['ftp://example.com', 'example.com', 'https://', ''],
        refusedHere: ['http://example.com', 'https:example.com'],
      };
    case 'date':
      return {
        taken: ['2026-11-20', '2024-02-29'],
        refused: ['2026-02-29', '2026-1-2', '11/20/2026', '2026-11-20T17:00:00Z', 'yesterday', ''],
        refusedHere: [],
      };
    case 'pastDate':
      return {
        taken: ['1984-02-29', new Date().toISOString().slice(0, 10)],
        refused: ['1983-02-29', '1984-1-2', '02/28/1984', '1984-02-28T17:00:00Z', '2999-01-01', ''],
        refusedHere: [],
      };
    case 'dateTime':
      return {
        taken: ['2020-11-20T17:00:00Z', '2020-11-20T17:00:00.5+02:00'],
        refused: ['2026-11-20', '2026-11-20T17:00:00', '2026-02-29T17:00:00Z', 'tomorrow', ''],
        refusedHere: [],
      };
    case 'wholeNumber':
      return wholeNumbers(limit);
    case 'text': {
      const { max } = limit;
      return {
        taken: max === undefined ? [] : ['a', 'a'.repeat(max)],
        refused: max === undefined ? [''] : ['a'.repeat(max + 1)],
        refusedHere: ['', ' '],
      };
    }
    case 'digits': {
      const { length } = limit;
      return {
        taken: ['0123456789'.slice(0, length)],
        refused: ['1'.repeat(length - 1), '1'.repeat(length + 1), ''],
        refusedHere: ['a'.repeat(length), ' '.repeat(length)],
      };
    }
    case 'entries': {
      const { max } = limit;
      return {
        taken: max === undefined ? [] : [['14'], Array.from({ length: max }, () => '08')],
        refused: max === undefined ? [[]] : [Array.from({ length: max + 1 }, () => '08')],
        refusedHere: [[], ['']],
      };
    }
    case 'deprecated':
      return { taken: [], refused: [], refusedHere: [] };
  }
}

/** Plaid's description has no least number for most of these. */
function wholeNumbers({ min, max }: { min?: number; max?: number }): LimitValues {
  return {
    taken: [min ?? 0, max ?? 850],
    refused: [700.5, '700', ...(max === undefined ? [] : [max + 1])],
    refusedHere: min === undefined ? [] : [min - 1],
  };
}
