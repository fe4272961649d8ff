import type { ILoadOptionsFunctions } from 'n8n-workflow';

/**
 * The text a field of the node holds in the editor; empty where there is none. An expression that the
 * editor could not work out, as it needs data of an earlier node that did not run yet, counts as none.
 */
export function textIn(context: ILoadOptionsFunctions, name: string): string {
  const value = context.getCurrentNodeParameter(name);
  const text = typeof value === 'string' ? value.trim() : '';
  return text.startsWith('=') ? '' : text;
}
