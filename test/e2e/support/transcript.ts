import type { OfferedTool } from './languageModel';
import type { Conversation } from './toolUsers';

/** What models were sent and got, for a reader of the test's output. */
export interface Transcript {
  note(user: string, scenario: string, conversation: Conversation): void;
  /** A line for each conversation, and below it the descriptions and schemas in full, each once. */
  asTable(): string;
}

const HEAD = ['Tool user and scenario', 'Tools offered (bytes)', 'Answers (bytes)'];

/** An empty transcript. */
export function openTranscript(): Transcript {
  const rows: string[][] = [HEAD];
  const offered = new Set<string>();
  return {
    note(user, scenario, { tools, answers }) {
      rows.push([
        scenario || user,
        tools.map((tool) => `${tool.name} (${sizeOf(tool)})`).join(', '),
        answers.map((round) => round.map((answer) => bytes(answer)).join(' ')).join('; '),
      ]);
      for (const tool of tools) offered.add(`${user}: ${toolText(tool)}`);
    },
    asTable() {
      const widths = HEAD.map((_, column) =>
        Math.max(...rows.map((row) => row[column]?.length ?? 0)),
      );
      const lines = rows.map((row) =>
        row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | '),
      );
      return [...lines, '', ...offered].join('\n');
    },
  };
}

const bytes = (text: string) => Buffer.byteLength(text);

const sizeOf = ({ name, description, parameters }: OfferedTool) =>
  bytes(JSON.stringify({ name, description, parameters }));

const toolText = ({ name, description, parameters }: OfferedTool) =>
  `${name}\n  ${description}\n  ${JSON.stringify(parameters.properties)}`;
