import { DEMO_PERSONAS } from '../nodes/PlaidCheck/demo/personas';
import { PERSONAS, PLAIDS_LOGINS } from '../sandbox/personas';
import { cell, withPart } from './markdown';

const START = '<!-- Made from the personas by `npm run docs` -->';

/** docs/stand-in.md with the table of personas. */
export const withPersonas = (document: string): string =>
  withPart(
    document,
    START,
    [
      '',
      '| User ID | What the file holds |',
      '| --- | --- |',
      ...PERSONAS.map(({ user_id, shows }) => `| \`${user_id}\` | ${cell(shows)} |`),
      '',
    ].join('\n'),
  );

const LOGINS_START = '<!-- Made from the logins of the sandbox by `npm run docs` -->';

/** A document with the table of Plaid's test logins. */
export const withLogins = (document: string): string =>
  withPart(
    document,
    LOGINS_START,
    [
      '',
      '| Test Username | Test Password | What the file holds |',
      '| --- | --- | --- |',
      ...Object.entries(PLAIDS_LOGINS).map(
        ([username, { password, shows }]) =>
          `| \`${username}\` | ${password === 'any' ? 'any' : `\`${password}\``} | ${cell(shows)} |`,
      ),
      '',
    ].join('\n'),
  );

const DEMO_START = '<!-- Made from the personas of the demo by `npm run docs` -->';

/** A document with the table of the demo's personas. */
export const withDemoPersonas = (document: string): string =>
  withPart(
    document,
    DEMO_START,
    [
      '',
      '| User ID | What it shows |',
      '| --- | --- |',
      ...DEMO_PERSONAS.map(({ user_id, shows }) => `| \`${user_id}\` | ${cell(shows)} |`),
      '',
    ].join('\n'),
  );
