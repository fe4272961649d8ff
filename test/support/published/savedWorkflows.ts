import type { INodeParameters, JsonObject, JsonValue } from 'n8n-workflow';
import { catalog } from '../../../nodes/PlaidCheck/catalog';
import { EVENTS, eventValue, OTHER_EVENTS } from '../../../nodes/PlaidCheck/trigger/events';
import type { Oracle } from '../../../sandbox/oracle';
import { withRules } from '../../unit/support/withRules';
import { AMARA, DANIEL, report } from '../samples/applications';
import type { Known } from '../samples/knownState';
import { fullRequest, smallestRequest } from '../sdk/sdkRequests';
import { BASE_REPORT, FULL_REPORT, ifExpired } from '../workflows/reportRuns';
import {
  byFields,
  byJson,
  CREATE,
  CREDIT_PROFILE,
  MONITORING,
  PARTNER_INSIGHTS,
  withDefaultOutput,
  withOptions,
  type Operation,
} from '../workflows/runPlaidCheck';

/**
 * Workflows that a version's users may have saved, to freeze when it is published: every operation with every field, the
 * operations that this package began with by JSON too, every option, and the trigger.
 */
export interface SavedWorkflow {
  name: string;
  /** Whose state the stand-in gets first; without it, it starts empty */
  path?: string;
  parameters: (known: Known) => INodeParameters;
  items?: JsonObject[];
}

/** The endpoints of the reference pages that this package began with, and the current report API. */
const BY_JSON = [
  CREATE.path,
  PARTNER_INSIGHTS.path,
  CREDIT_PROFILE.path,
  MONITORING.path,
  '/cra/report/create',
  '/cra/report/get',
];

const operationOf = (path: string): Operation => {
  const found = catalog.find((one) => one.path === path);
  if (!found) throw new Error(`No operation has the path ${path}`);
  return found;
};

const REPORT = operationOf('/cra/report/create');
const READ = operationOf('/cra/report/get');
const SUBSCRIPTION = operationOf('/cra/servicing/subscription/create');
const LOANS = operationOf('/cra/loans/register');
const PDF = operationOf('/cra/check_report/pdf/get');
const ITEMS = operationOf('/user/items/get');
const LEND_SCORE = operationOf('/cra/check_report/lend_score/get');

/** Every option, with values other than those it starts with. */
function withEveryOption(oracle: Oracle): SavedWorkflow[] {
  const smallest = (path: string, known: Known = {}) =>
    withRules(path, smallestRequest(oracle, path, { known }) as JsonObject);
  const read = byFields(BASE_REPORT, { user_id: AMARA });
  const simplified = withDefaultOutput(read);
  const state = { path: BASE_REPORT.path };
  const newReport = { ...report(), client_report_id: 'application-17' };
  return [
    {
      name: 'options.sending',
      ...state,
      parameters: () =>
        withOptions(simplified, {
          connectTimeout: 5,
          timeout: 30,
          stopStartingAfter: 300,
          responseSizeLimit: 20,
          throttling: { values: { concurrency: 2, requestsPerSecond: 50 } },
          retry: {
            values: {
              maxAttempts: 2,
              interval: 0.5,
              backoffRate: 3,
              maxInterval: 10,
              rateLimitTime: 60,
              retryUncertain: true,
            },
          },
        }),
    },
    {
      name: 'options.output',
      ...state,
      parameters: () =>
        withOptions(simplified, {
          includeAttempts: true,
          includeInputFields: { values: { include: 'selected', fieldsToInclude: 'application' } },
          leaveOutPersonalData: true,
          requiredFacts: ['report_id'],
        }),
      items: [{ application: 'A-17', other: 1 }],
    },
    {
      name: 'options.records',
      ...state,
      parameters: () =>
        withOptions(simplified, {
          addReceipt: true,
          includeBilling: true,
          saveIds: true,
        }),
    },
    {
      name: 'options.useAnswerOfRun',
      path: PARTNER_INSIGHTS.path,
      parameters: () =>
        withOptions(withDefaultOutput(byFields(PARTNER_INSIGHTS, { user_id: AMARA })), {
          useAnswerOfRun: true,
        }),
      items: [{}, {}],
    },
    {
      name: 'options.selectedFields',
      ...state,
      parameters: () => ({
        ...simplified,
        output: 'selected',
        outputFacts: ['report_id', 'days_requested'],
        outputPaths: ['report.items[0].institution_name'],
      }),
    },
    {
      name: 'options.reasonTexts',
      path: LEND_SCORE.path,
      parameters: () =>
        withOptions(withDefaultOutput(byFields(LEND_SCORE, { user_id: AMARA })), {
          reasonTexts: {
            values: {
              lendScore: '{"PCS0201":"Low balance"}',
              prism: '{"1":"One"}',
              ultraFico: '{"2":"Two"}',
            },
          },
        }),
    },
    {
      name: 'options.createIfExpired',
      parameters: () => withOptions(simplified, ifExpired),
    },
    {
      name: 'options.createReportIfExpired',
      parameters: () =>
        withOptions(withDefaultOutput(byFields(READ, smallest(READ.path, { user_id: DANIEL }))), {
          createReportIfExpired: {
            values: { days_requested: 200, webhook: 'https://example.com/plaid-webhook' },
          },
        }),
    },
    {
      name: 'options.extraBodyFields',
      parameters: () =>
        withOptions(byFields(CREATE, report()), {
          extraBodyFields: '{"days_required":100}',
          validateRequest: false,
        }),
    },
    ...(['sameClientReportId', 'notOlderThan', 'createAnother'] as const).map((mode) => ({
      name: `options.ifReportExists.${mode}`,
      ...state,
      parameters: () =>
        withOptions(byFields(CREATE, newReport), {
          allowAtMost: 5,
          ifRetried: 'sendAgain',
          ifReportExists: { values: { mode, ...(mode === 'notOlderThan' && { maxAge: 0 }) } },
        }),
    })),
    ...(['createAnother', 'useExisting'] as const).map((ifSubscriptionExists) => ({
      name: `options.ifSubscriptionExists.${ifSubscriptionExists}`,
      path: SUBSCRIPTION.path,
      parameters: (known: Known) =>
        withOptions(byFields(SUBSCRIPTION, smallest(SUBSCRIPTION.path, known)), {
          ifSubscriptionExists,
        }),
    })),
    {
      name: 'options.ifProductFails',
      ...state,
      parameters: () =>
        withOptions(
          withDefaultOutput(
            byFields(FULL_REPORT, { user_id: AMARA, products: ['base_report', 'lend_score'] }),
          ),
          {
            ifProductFails: 'continue',
            throttling: { values: { concurrency: 1, requestsPerSecond: 0 } },
          },
        ),
    },
    {
      name: 'options.itemsPerRequest',
      path: LOANS.path,
      parameters: (known) =>
        withOptions(
          byFields(LOANS, smallest(LOANS.path, { ...known, loan_id: '={{ $json.loan }}' })),
          {
            itemsPerRequest: 2,
            throttling: { values: { concurrency: 1, requestsPerSecond: 0 } },
          },
        ),
      items: [{ loan: 'loan-1' }, { loan: 'loan-2' }, { loan: 'loan-3' }],
    },
    {
      name: 'options.previewRequest',
      parameters: () => withOptions(byFields(CREATE, report()), { previewRequest: true }),
    },
    {
      name: 'options.putOutputFileInField',
      path: PDF.path,
      parameters: () => withOptions(byFields(PDF, { user_id: AMARA }), { binaryField: 'report' }),
    },
    {
      name: 'options.splitIntoItems',
      path: ITEMS.path,
      parameters: () => withOptions(byFields(ITEMS, { user_id: AMARA }), { splitIntoItems: true }),
    },
    {
      name: 'options.waitUntilReady.poll',
      parameters: () =>
        withOptions(byFields(REPORT, smallest(REPORT.path, { user_id: AMARA })), {
          waitUntilReady: { values: { waitMode: 'poll', maxWait: 60 } },
        }),
    },
    {
      name: 'options.waitUntilReady.webhook',
      parameters: () =>
        withOptions(byFields(CREATE, report()), {
          waitUntilReady: { values: { waitMode: 'webhook', maxWait: 600 } },
        }),
    },
  ];
}

/** What a request can't hold beside everything else. */
const SECOND_BODIES = [
  { path: '/link/token/create', body: { android_package_name: 'com.example.lender' } },
  { path: '/cra/servicing/subscription/create', body: { cadence: 'DAILY' } },
];

/** A body with an expression for each value. A parameter whose value is the one it starts with is not saved otherwise. */
const byExpressions = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, expressionOf(value as JsonValue)]),
  );

function expressionOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    // Values that are picked from a list.
    return value.every((entry) => typeof entry === 'string') ? value : value.map(expressionOf);
  }
  return typeof value === 'object' && value !== null
    ? byExpressions(value)
    : `={{ ${JSON.stringify(value)} }}`;
}

/** The trigger with each kind of choice it has. */
export const SAVED_TRIGGERS: ReadonlyArray<{ name: string; parameters: INodeParameters }> = [
  { name: 'trigger.allEvents', parameters: {} },
  { name: 'trigger.otherEvents', parameters: { events: [OTHER_EVENTS] } },
  {
    name: 'trigger.eachEvent',
    parameters: { events: EVENTS.map(eventValue) },
  },
  {
    name: 'trigger.filters',
    parameters: {
      events: EVENTS.map(eventValue),
      filters: { environment: 'sandbox', userIds: ['usr_webhook_samples'] },
    },
  },
];

export function savedWorkflows(oracle: Oracle): SavedWorkflow[] {
  const full = (path: string, known: Known) =>
    withRules(path, fullRequest(oracle, path, { known }) as JsonObject);
  const nameOf = ({ resource, operation }: Operation) => `${resource}.${operation}`;
  return [
    ...catalog.map((operation) => ({
      name: `${nameOf(operation)}.fields`,
      path: operation.path,
      parameters: (known: Known) =>
        withDefaultOutput(byFields(operation, full(operation.path, known))),
    })),
    ...BY_JSON.map((path) => ({
      name: `${nameOf(operationOf(path))}.json`,
      path,
      parameters: (known: Known) =>
        byJson(operationOf(path), JSON.stringify(full(path, known), null, 2)),
    })),
    ...catalog.map((operation) => ({
      name: `${nameOf(operation)}.expressions`,
      path: operation.path,
      parameters: (known: Known) => byFields(operation, byExpressions(full(operation.path, known))),
    })),
    ...SECOND_BODIES.map(({ path, body }) => ({
      name: `${nameOf(operationOf(path))}.other`,
      path,
      parameters: (known: Known) =>
        byFields(operationOf(path), {
          ...withRules(path, smallestRequest(oracle, path, { known }) as JsonObject),
          ...body,
        }),
    })),
    ...catalog
      .filter(({ identity }) => (identity as readonly string[]).includes('user_token'))
      .map((operation) => ({
        name: `${nameOf(operation)}.userToken`,
        path: operation.path,
        parameters: (known: Known) =>
          byFields(
            operation,
            withRules(
              operation.path,
              smallestRequest(oracle, operation.path, {
                known,
                identity: 'user_token',
              }) as JsonObject,
            ),
          ),
      })),
    {
      name: 'customCall.send',
      parameters: () => ({
        resource: 'customCall',
        operation: 'send',
        customPath: '/institutions/get',
        customBody: '{"count": 1, "offset": 0, "country_codes": ["US"]}',
        customSafeToRetry: true,
      }),
    },
    ...withEveryOption(oracle),
  ];
}
