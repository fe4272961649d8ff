import type { INode } from 'n8n-workflow';

/** One creation of a report with UltraFICO scores for each item, of which three values come from the item. */
export interface Applicant {
  user_id: string;
  application_id: string;
  score: number;
}

export const applicant = (item: number): Applicant => ({
  user_id: `usr_${String(item).padStart(12, '0')}`,
  application_id: `APP-${100_000 + item}`,
  score: 500 + (item % 350),
});

const FIELDS = {
  user_id: '={{ $json.user_id }}',
  webhook: 'https://example.com/plaid/webhook',
  days_requested: 365,
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  additionalFields: {
    client_report_id: '={{ $json.application_id }}',
    products: ['cra_base_report', 'cra_partner_insights'],
    partner_insights: {
      fico: {
        values: {
          fico_lender_id: 'EXAMPLE-LENDER',
          lender_application_id: 'EXAMPLE',
          ultrafico_score_requests: {
            values: [
              {
                ultrafico_score_version: '1.0',
                base_fico_score__bureau: 'EXPERIAN',
                base_fico_score__score: '={{ $json.score }}',
                base_fico_score__base_fico_score_version: '8',
                additionalFields: { request_correlation_id: 'EXAMPLE' },
              },
            ],
          },
        },
      },
    },
  },
};

/** The same request as JSON. */
const JSON_BODY = `={
  "user_id": "{{ $json.user_id }}",
  "webhook": "https://example.com/plaid/webhook",
  "days_requested": 365,
  "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT",
  "client_report_id": "{{ $json.application_id }}",
  "products": ["cra_base_report", "cra_partner_insights"],
  "partner_insights": {
    "fico": {
      "fico_lender_id": "EXAMPLE-LENDER",
      "lender_application_id": "EXAMPLE",
      "ultrafico_score_requests": [
        {
          "ultrafico_score_version": "1.0",
          "base_fico_score": { "bureau": "EXPERIAN", "score": {{ $json.score }}, "base_fico_score_version": "8" },
          "request_correlation_id": "EXAMPLE"
        }
      ]
    }
  }
}`;

const plaidCheck = (parameters: INode['parameters']) => () => ({
  type: 'n8n-nodes-plaid-check.plaidCheck',
  typeVersion: 1,
  parameters: { resource: 'checkReport', operation: 'create', options: {}, ...parameters },
});

/** The ways to give a request, and how the table calls them. */
export const WAYS = {
  fields: { name: 'Plaid Check, fields', nodeFor: plaidCheck(FIELDS) },
  json: {
    name: 'Plaid Check, JSON',
    nodeFor: plaidCheck({ specifyRequest: 'json', jsonBody: JSON_BODY }),
  },
  httpRequest: {
    name: 'HTTP Request',
    nodeFor: (url: string) => ({
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.5,
      parameters: {
        method: 'POST',
        url: `${url}/cra/check_report/create`,
        authentication: 'predefinedCredentialType',
        nodeCredentialType: 'plaidCheckApi',
        sendBody: true,
        specifyBody: 'json',
        jsonBody: JSON_BODY,
        options: {},
      },
    }),
  },
} as const satisfies Record<
  string,
  { name: string; nodeFor: (url: string) => Pick<INode, 'type' | 'typeVersion' | 'parameters'> }
>;

export type WayName = keyof typeof WAYS;
