import type { IDataObject, JsonObject } from 'n8n-workflow';

import type { AskedProduct } from '../../../sandbox/state/productReports';
import { codePrefix, reportReady } from '../../../sandbox/webhooks/checkReport';
import { productReportReady } from '../../../sandbox/webhooks/productReport';
import { cashFlowUpdate } from '../../../sandbox/webhooks/updates';
import { asObject, asText } from '../utils/json';
import { originsIn, uuidOf, wholeHour } from './ids';
import { DEMO_PERSONAS, personOf, userIdOf, type DemoPerson } from './personas';
import { worldOf } from './world';

/** What the webhook that a report is ready would say of a user. */
interface ReadyReport {
  person: DemoPerson;
  /** Of the report API; null for a report of the legacy one */
  reportId: string | null;
  /** Fields of the request that asked for it */
  request: JsonObject;
}

function ready({ person, reportId, request }: ReadyReport, time: number): object {
  const now = wholeHour(time);
  const userId = userIdOf(person);
  const products = Array.isArray(request.products) ? request.products : [];
  if (reportId !== null) {
    return productReportReady(
      {
        reportId,
        request: { ...request, products: products as unknown as AskedProduct[] },
        failures: new Map(),
        readyAt: now,
      },
      { userId, clientUserId: userId.replace(/^usr_demo_/, 'applicant_') },
    );
  }
  return reportReady(
    { userId, products: products as LegacyProduct[], itemIds: itemsOf(person, now) },
    codePrefix(request),
  );
}

type LegacyProduct = Parameters<typeof reportReady>[0]['products'][number];

function itemsOf(person: DemoPerson, now: number): string[] {
  const body = { user_id: userIdOf(person) };
  const request = { path: '/user/items/get', body, person, now, requestId: '' };
  const { items } = asObject(worldOf(request, originsIn(body)).answer(request));
  return (Array.isArray(items) ? items : []).flatMap(
    (item) => asText(asObject(item).item_id) ?? [],
  );
}

/**
 * The webhook that a report of the demo is ready, as the request for it would get it; undefined where it names no user.
 * @param time ms since the epoch
 */
export function readyWebhook(
  request: JsonObject,
  reportId: string | null,
  time: number,
): IDataObject | undefined {
  const person = originsIn(request)[0]?.person;
  return person && (ready({ person, reportId, request }, time) as IDataObject);
}

/** What a trigger waits for. */
export interface Awaited {
  isSelected(type: string, code: string): boolean;
  /** Empty for any user */
  userIds: readonly string[];
}

/** Events that the demo has, the most usual ones first. */
const EVENTS: ReadonlyArray<
  readonly [type: string, code: string, of: (person: DemoPerson, time: number) => object]
> = [
  [
    'CRA_REPORT',
    'CRA_REPORT_READY',
    (person, time) => {
      const madeAt = wholeHour(time);
      const reportId = uuidOf({ person, path: '/cra/report/create', madeAt, nth: 0 });
      return ready({ person, reportId, request: { products: PRODUCTS } }, time);
    },
  ],
  ['CHECK_REPORT', 'USER_CHECK_REPORT_READY', ofLegacyReport({})],
  ['CHECK_REPORT', 'CHECK_REPORT_READY', ofLegacyReport({ user_token: 'any' })],
  ...[
    'CASH_FLOW_INSIGHTS_UPDATED',
    'INSIGHTS_UPDATED',
    'EXPECTED_DEPOSIT_MISSED',
    'LARGE_DEPOSIT_DETECTED',
    'LOW_BALANCE_DETECTED',
    'NEW_INCOME_STREAM_DETECTED',
    'NEW_LOAN_PAYMENT_DETECTED',
    'NSF_OVERDRAFT_DETECTED',
  ].map(
    (code) =>
      [
        'CASH_FLOW_UPDATES',
        code,
        (person: DemoPerson) => cashFlowUpdate(code, userIdOf(person)),
      ] as const,
  ),
];

const PRODUCTS = [
  { product: 'cra_income_insights', version: '1.0' },
  { product: 'cra_qualify', version: '1.0' },
];

function ofLegacyReport(named: JsonObject) {
  const request = { products: ['cra_base_report', 'cra_income_insights'], ...named };
  return (person: DemoPerson, time: number) => ready({ person, reportId: null, request }, time);
}

/**
 * An event as a webhook of Plaid's would bring it: the first that the trigger waits for; undefined where the demo has none
 * of those.
 * @param time ms since the epoch
 */
export function demoEvent({ isSelected, userIds }: Awaited, time: number): IDataObject | undefined {
  const [first] = DEMO_PERSONAS;
  const anyone = first && { like: first, code: null };
  const person =
    userIds.length === 0 ? anyone : userIds.map(personOf).find((one) => one !== undefined);
  const event = EVENTS.find(([type, code]) => isSelected(type, code));
  return person && event && (event[2](person, time) as IDataObject);
}
