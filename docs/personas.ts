import { PERSONAS } from '../sandbox/personas';
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
