import type { JsonValue } from 'n8n-workflow';

import { walk } from '../path';
import { count, names, number, table, text, type Reader } from '../read';
import { fact, orFromRequest, type Fact } from '../summary';

/** Facts that the answers of several endpoints have in common. */

/** What reads the IDs of the person and of the report; an answer does not have those that are left out. */
interface IdReaders {
  user?: Reader;
  clientReport?: Reader;
  report?: Reader;
}

/**
 * The IDs at the end of a summary. Those by which the next step of a workflow finds the person and the report are in
 * every summary, as the request has them where the answer does not.
 * @param others further IDs of the answer
 */
export const ids = ({ user, clientReport, report }: IdReaders, ...others: Fact[]): Fact[] => [
  ...others,
  orFromRequest('user_id', fact('user_id', 'User ID', 'The user of the report', idFrom(user))),
  orFromRequest(
    'client_report_id',
    fact('client_report_id', 'Client Report ID', 'Your own ID of the report', idFrom(clientReport)),
  ),
  ...(report === undefined ? [] : [fact('report_id', 'Report ID', 'The ID of the report', report)]),
  fact(
    'request_id',
    'Request ID',
    "Plaid's ID of this request, for questions to its support",
    text('request_id'),
  ),
];

/** An ID that only the request has. */
export const OF_REQUEST: Reader = {
  type: 'text',
  sources: [],
  nullRule: 'The request does not have it',
  read: () => null,
};

const idFrom = (reader: Reader | undefined): Reader =>
  reader ? { ...reader, nullRule: 'Neither the response nor the request has it' } : OF_REQUEST;

/** Where most reports have their IDs. */
export const REPORT_IDS = {
  clientReport: text('report.client_report_id'),
  report: text('report.report_id'),
} satisfies IdReaders;

export const generatedTime = (reader = text('report.generated_time')) =>
  fact('generated_time', 'Generated Time', 'When the report was made, an ISO 8601 time', reader);

export const daysRequested = (path = 'report.days_requested') =>
  fact(
    'days_requested',
    'Days Requested',
    'How many days of bank history the report was asked to cover',
    number(path),
  );

export const itemCount = (reader: Reader) =>
  fact(
    'item_count',
    'Item Count',
    'How many Items, the connections to a bank, the report covers',
    reader,
  );

/** @param items path of the list of Items, such as `report.items[]` */
export const institutions = (items: string) => [
  itemCount(count(items)),
  fact(
    'institutions',
    'Institutions',
    'The names of the banks, each once',
    names(`${items}.institution_name`),
  ),
];

/** @param path of the IDs, such as `report.items[].institution_id` */
export const institutionIds = (path: string) =>
  fact('institution_ids', 'Institution IDs', "Plaid's IDs of the banks, each once", names(path));

export const hasFraudAlert = fact(
  'has_fraud_alert',
  'Has Fraud Alert',
  'Whether the person has placed a fraud alert on their report (warning USER_FRAUD_ALERT); if so, you must verify their identity before you decide',
  {
    type: 'boolean',
    sources: ['warnings[].warning_code'],
    nullRule: 'The response has no list of warnings',
    read: (answer) =>
      count('warnings[]').read(answer) === null
        ? null
        : walk(answer, 'warnings[].warning_code').includes('USER_FRAUD_ALERT'),
  },
);

/** Warnings that leave all figures as they are. */
const NOTHING_MISSING = ['USER_FRAUD_ALERT', 'IDENTITY_UNAVAILABLE'];

/** What tells whether a part of the data is missing: true if so, false if not, null if it does not say. */
export interface Gap {
  sources: readonly string[];
  isMissing: (answer: JsonValue) => boolean | null;
}

/** Warnings such as TRANSACTIONS_UNAVAILABLE, and those that only later versions of Plaid's API have. */
export const warned = (path = 'warnings[]'): Gap => ({
  sources: [`${path}.warning_code`],
  isMissing: (answer) => {
    const all = walk(answer, path);
    const isMissing = all.some(
      (one) => !NOTHING_MISSING.some((code) => walk(one, 'warning_code').includes(code)),
    );
    return isMissing || (count(path).read(answer) === null ? null : false);
  },
});

/** Nothing is missing where the answer has something at a path; without it, there is nothing to be complete. */
export const held = (path: string): Gap => ({
  sources: [path],
  isMissing: (answer) => (walk(answer, path).length > 0 ? false : null),
});

export const isComplete = (...gaps: Gap[]) => {
  const reader: Reader = {
    type: 'boolean',
    sources: gaps.flatMap(({ sources }) => sources),
    nullRule: 'The response has no report, no Items, or no list of warnings or of their statuses',
    read: (answer) => {
      const found = gaps.map(({ isMissing }) => isMissing(answer));
      if (found.includes(true)) return false;
      return found.includes(null) ? null : true;
    },
  };
  return fact(
    'is_complete',
    'Is Complete',
    'Whether Plaid got all financial data that the facts are made of: no Item was lost to TRANSACTIONS_UNAVAILABLE or the like, and none failed or is pending; owner data does not count',
    reader,
  );
};

export const warnings = fact(
  'warnings',
  'Warnings',
  'What Plaid could not get for this report, and why; a fraud alert stands in Has Fraud Alert, too',
  table({
    path: 'warnings[]',
    columns: {
      warning_code: text('warning_code'),
      error_type: text('cause.error_type'),
      error_code: text('cause.error_code'),
      error_message: text('cause.error_message'),
      item_id: text('cause.item_id'),
    },
  }),
);

/** The warnings of a response, and the facts that a policy reads off them first. */
export const warningFacts = (...gaps: Gap[]) => [
  hasFraudAlert,
  isComplete(warned(), ...gaps),
  warnings,
];
