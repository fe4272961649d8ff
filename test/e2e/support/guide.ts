import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../../launcher/paths';

/** A node that a guide has the reader add. */
export interface GuideStep {
  /** What to search for. */
  node: string;
  /** What to pick then, where the node has actions. */
  action?: string;
  /** Label and value of each field, from top to bottom. */
  values: [label: string, value: string][];
  /** A text to paste. */
  text?: string;
}

/** The numbered steps of a section of a guide in docs/. */
export function readGuide(file: string, section: string): GuideStep[] {
  const guide = readFileSync(join(PROJECT, 'docs', file), 'utf8');
  const body = guide.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  return body
    .split(/^\d+\. (?=\*\*)/m)
    .slice(1)
    .map((step) => {
      const [, title = ''] = /^\*\*([^*]+?)\.?\*\*/.exec(step) ?? [];
      const [node = '', action] = title.split(': ');
      const rows = step.matchAll(/^ +\| ([A-Z][^|]*?) \| ([^|]+?) \|$/gm);
      return {
        node,
        action,
        values: [...rows].map(([, label = '', value = '']) => [label.trim(), value.trim()]),
        text: /^( +)```js\n([\s\S]*?)```/m.exec(step)?.[2]?.trim(),
      };
    });
}

/** What stands in code marks, or the whole. */
export const plain = (value: string): string => /^`(.*)`$/.exec(value)?.[1] ?? value;
