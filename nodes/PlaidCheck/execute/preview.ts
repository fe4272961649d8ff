import type { JsonObject } from 'n8n-workflow';

import { createCheckReport } from '../catalog/checkReport/create';
import type { Endpoint } from '../catalog/endpoint';
import { BILLING } from '../catalog/billing';
import { createReport } from '../catalog/report/create';
import { maskSecrets, MASK } from '../fields/mask';
import { readerOfCreated, readOfCreated } from '../reports/createdReport';
import { fullReportCalls } from '../reports/fullReport';
import type { Job } from '../reports/job';
import { mapTexts } from '../utils/json';
import { PLAID_VERSION } from '../../../credentials/plaidApi';
import type { Call } from '../client/send';

/** A request that an item may send. */
interface Step {
  /** When it is sent; undefined where it is sent once in any case */
  when?: string;
  /** The product of a full report that it reads */
  product?: string;
  call: Call;
  endpoint: Endpoint;
}

/** The request of an item as it would be sent, with the keys masked; where it may send several, each with when it is sent. */
export function previewOf(job: Job): JsonObject {
  const steps = job.operation.makesReport || job.look ? creatingSteps(job) : readingSteps(job);
  const requests = steps.map(previewOfStep);
  const [first, ...others] = requests;
  return first && others.length === 0 ? first : { requests };
}

/** The creation, after a look for what exists, and the reads until what it created is ready. */
function creatingSteps({ call, operation, look, pause, waitUntilReady }: Job): Step[] {
  const waits = waitUntilReady !== undefined;
  const reads = waits && !pause && operation.makesReport === true;
  const alone = reads ? WHEN.first : undefined;
  const create = [look && WHEN.ifNotFound, pause && WHEN.beforePause].filter(Boolean).join('; ');
  return [
    ...(look ? [{ when: WHEN.look(waits), call: look.call, endpoint: look.endpoint }] : []),
    { when: create || alone, call, endpoint: operation },
    ...(reads
      ? [{ when: WHEN.untilReady, call: readOfCreated(call, {}), endpoint: readerOfCreated(call) }]
      : []),
  ];
}

/** The read, or one for each product; where an option creates what there is none of, the creation and the reads after it. */
function readingSteps({ call, operation, ifExpired, waitUntilReady }: Job): Step[] {
  const { parts } = operation;
  const reads: Step[] = parts
    ? fullReportCalls(parts, call).map(([product, one, endpoint]) => ({
        product,
        call: one,
        endpoint,
      }))
    : [{ call, endpoint: operation }];
  const at = (when: string | undefined) => reads.map((read): Step => ({ when, ...read }));
  if (!ifExpired) return at(waitUntilReady && WHEN.waiting);
  const isNewer = ifExpired.path === createReport.path;
  const endpoint = isNewer ? createReport : createCheckReport;
  return [
    ...at(WHEN.read),
    { when: WHEN.ifMissing, call: ifExpired, endpoint },
    ...at(isNewer ? WHEN.untilNewIsReady : WHEN.untilReady),
  ];
}

/** When a request is sent, in words to read. */
const WHEN = {
  look: (waits: boolean) =>
    `first, to look for what exists${waits ? '; again while it is being created' : ''}`,
  ifNotFound: 'if the first request finds nothing to use',
  beforePause: "then the execution pauses until Plaid's webhook arrives",
  first: 'first',
  read: 'first; again while a report is being created',
  ifMissing: 'if there is no current report',
  waiting: 'sent until the report is ready',
  untilReady: 'then, sent until the report is ready',
  untilNewIsReady: 'then, with the report_id of the new report, sent until the report is ready',
};

function previewOfStep({ when, product, call, endpoint }: Step): JsonObject {
  const { baseUrl, redaction, path, body } = call;
  const { fields, billing } = endpoint;
  return {
    ...(when !== undefined && { when }),
    ...(product !== undefined && { product }),
    method: 'POST',
    url: `${baseUrl}${path}`,
    headers: {
      'Content-Type': 'application/json',
      'PLAID-CLIENT-ID': MASK,
      'PLAID-SECRET': MASK,
      'Plaid-Version': PLAID_VERSION,
    },
    body: mapTexts(maskSecrets(fields, body), (text) => redaction.text(text)),
    // Plaid does not document that the other endpoints are free.
    may_be_billed: billing ? true : null,
    ...(billing && { billing: BILLING[billing] }),
  };
}
