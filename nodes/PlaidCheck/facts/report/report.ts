import { count, number, table, text, texts } from '../read';
import { fact } from '../summary';

/** Facts that the answers of several endpoints have in common. */

export const requestId = fact(
  'request_id',
  'Request ID',
  "Plaid's ID of this request, for questions to its support",
  text('request_id'),
);

export const reportId = (path = 'report.report_id') =>
  fact('report_id', 'Report ID', 'The ID of the report', text(path));

export const clientReportId = (path = 'report.client_report_id') =>
  fact('client_report_id', 'Client Report ID', 'Your own ID of the report', text(path));

export const generatedTime = (path = 'report.generated_time') =>
  fact(
    'generated_time',
    'Generated Time',
    'When the report was made, an ISO 8601 time',
    text(path),
  );

export const daysRequested = (path = 'report.days_requested') =>
  fact(
    'days_requested',
    'Days Requested',
    'How many days of bank history the report was asked to cover',
    number(path),
  );

/** @param items path of the list of Items, such as `report.items[]` */
export const institutions = (items: string) => [
  fact(
    'item_count',
    'Item Count',
    'How many Items, the connections to a bank, the report covers',
    count(items),
  ),
  fact(
    'institutions',
    'Institutions',
    'The names of the banks, each once',
    texts(`${items}.institution_name`),
  ),
];

export const warnings = fact(
  'warnings',
  'Warnings',
  'What Plaid could not get for this report, and why',
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
