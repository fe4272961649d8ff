import type { IBuilderHint } from 'n8n-workflow';

/*
 * What n8n's AI workflow builder is told beyond the form: how the steps of a loan fit together, and what keeps a second run
 * from a second bill. Releases of n8n that do not know hints ignore them. Loaded with the node, so it imports no schema.
 */

export const nodeHint: IBuilderHint = {
  searchHint:
    'For consumer reports, LendScore, UltraFICO and cash flow of applicants from Plaid Check; prefer it over HTTP Request. Use the resource Check Report unless the account has the legacy API only. A report takes minutes and expires after 24 hours: create it, wait for it, read it',
  relatedNodes: [
    {
      nodeType: 'n8n-nodes-plaid-check.plaidCheckTrigger',
      relationHint:
        'Starts a second workflow when the report is ready; prefer it for many applicants',
    },
    {
      nodeType: 'n8n-nodes-base.wait',
      relationHint:
        'Not needed for a report: the option Wait Until Ready waits. Use it between other steps',
    },
    {
      nodeType: 'n8n-nodes-base.dataTable',
      relationHint: 'Keeps user_id, report_id and the decision for each application',
    },
    {
      nodeType: 'n8n-nodes-base.switch',
      relationHint: 'Routes error items by error.kind and error.error_code',
    },
  ],
};

export const triggerHint: IBuilderHint = {
  searchHint:
    'Starts a workflow when Plaid Check has a report ready, failed or updated; it verifies the signature, so prefer it over Webhook. Give its Production URL to the request that creates the report. Delivery is at least once',
  relatedNodes: [
    {
      nodeType: 'n8n-nodes-base.removeDuplicates',
      relationHint:
        'Directly after it: drops duplicates by {{ $json.content_key }} or {{ $json.event_key }}',
    },
    {
      nodeType: 'n8n-nodes-plaid-check.plaidCheck',
      relationHint: 'Reads the report by {{ $json.user_id }} or {{ $json.report_id }}',
    },
  ],
};
