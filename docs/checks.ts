import { operations } from '../nodes/PlaidCheck/catalog/operations';
import { cell, withPart } from './markdown';
import { titleOf } from './reference';

const START = '<!-- Made from the catalog by `npm run docs`: how to see what went through -->';

/** docs/reliability.md with the catalog's table of how to verify whether a request succeeded. */
export const withChecks = (document: string): string => withPart(document, START, table());

/** One row for each way to verify, with all its operations. */
function table(): string {
  const titles = new Map<string, string[]>();
  for (const operation of operations) {
    const { howToVerify } = operation;
    if (howToVerify === null) continue;
    titles.set(howToVerify, [...(titles.get(howToVerify) ?? []), titleOf(operation)]);
  }
  return [
    '',
    '| Operation | What to do |',
    '| --- | --- |',
    ...[...titles].map(([howToVerify, names]) => `| ${names.join('; ')} | ${cell(howToVerify)} |`),
    '',
  ].join('\n');
}
