import type { PlaidCheckRun } from '../workflows/runPlaidCheck';

/** What an item says about its failure under Continue On Fail. */
export interface Facts {
  kind: string;
  message: string;
  next_step: string | null;
  http_status: number | null;
  error_type: string | null;
  error_code: string | null;
  error_message: string | null;
  display_message: string | null;
  request_id: string | null;
  documentation_url: string | null;
  may_have_succeeded: boolean;
  causes?: object[];
  problems?: Array<{ path: string; label?: string; message: string }>;
  attempts?: object[];
}

/** The facts of an item of the first output. */
export function factsOf(run: Pick<PlaidCheckRun, 'json'>, item = 0): Facts {
  const json = run.json[item] as { error?: Facts } | undefined;
  if (!json?.error) throw new Error(`Item ${item} did not fail: ${JSON.stringify(run.json)}`);
  return json.error;
}

/** An error body in Plaid's form (https://plaid.com/docs/errors/#error-schema). */
export const plaidError = (error_type: string, error_code: string, error_message: string) => ({
  display_message: null,
  documentation_url: `https://plaid.com/docs/errors/?of=${error_code}&at=api`,
  error_code,
  error_message,
  error_type,
  request_id: 'req-4kT1',
  suggested_action: null,
});

/** The description of an error as a person reads it in n8n: its line breaks are tags, its text is escaped. */
export const readable = (description: unknown): string =>
  String(description)
    .replaceAll(/<a href="([^"]*)"[^>]*>[^<]*<\/a>/g, '$1')
    .replaceAll(/<w?br>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
