import { operations } from '../../nodes/PlaidCheck/catalog/operations';
import { TEXTS } from '../../nodes/PlaidCheck/client/failureTexts';

/** What a model is told once something was created. */

const creating = operations.filter(
  ({ howToVerify, readsReport, summary, parts, isCustom }) =>
    howToVerify !== null && !readsReport && !summary && !parts && !isCustom,
);

test('every operation that is not safe to retry and reads nothing says what it creates', () => {
  expect(creating.length).toBeGreaterThan(10);
  expect(creating.filter(({ created }) => !created).map(({ path }) => path)).toEqual([]);
});

test('no read says that it creates', () => {
  const reads = operations.filter(({ readsReport, summary, pdf, list, parts }) =>
    [readsReport, summary, pdf, list, parts].some((one) => one !== undefined),
  );
  expect(reads.filter(({ created }) => created).map(({ path }) => path)).toEqual([]);
});

test('what is created and may be billed says so', () => {
  const billed = operations.filter(({ created, billing }) => created && billing);
  const silent = billed.filter(({ created }) => !/may be billed/.test(JSON.stringify(created)));
  expect(silent.map(({ path }) => path)).toEqual(['/link/token/create']);
});

test.each(operations.flatMap(({ path, created }) => (created ? [[path, created] as const] : [])))(
  '%s: the sentences are whole',
  (_, created) => {
    expect(TEXTS.created(created)).toMatch(
      /^The call succeeded: [^.]+\. (?:[A-Z][^.]+\. )+Do not call/,
    );
  },
);
