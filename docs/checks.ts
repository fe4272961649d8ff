import { BILLING } from '../nodes/PlaidCheck/catalog/billing';
import { operations, type Operation } from '../nodes/PlaidCheck/catalog/operations';
import { cell, withPart } from './markdown';
import { titleOf } from './reference';

const HOW_TO_VERIFY =
  '<!-- Made from the catalog by `npm run docs`: how to see what went through -->';
const WHEN_BILLED = '<!-- Made from the catalog by `npm run docs`: when Plaid bills -->';

/** docs/reliability.md with the catalog's tables of how to verify whether a request succeeded, and of when Plaid bills. */
export const withChecks = (document: string): string =>
  withPart(
    withPart(
      document,
      HOW_TO_VERIFY,
      table('What to do', ({ howToVerify }) => howToVerify),
    ),
    WHEN_BILLED,
    table('When Plaid bills', ({ billing }) => billing && `${BILLING[billing]}.`),
  );

/** One row for each text, with all its operations. */
function table(heading: string, textOf: (operation: Operation) => string | null | undefined) {
  const titles = new Map<string, string[]>();
  for (const operation of operations) {
    const text = textOf(operation);
    if (text) titles.set(text, [...(titles.get(text) ?? []), titleOf(operation)]);
  }
  return [
    '',
    `| Operation | ${heading} |`,
    '| --- | --- |',
    ...[...titles].map(([text, names]) => `| ${names.join('; ')} | ${cell(text)} |`),
    '',
  ].join('\n');
}
