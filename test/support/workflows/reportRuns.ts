import type { INodeParameters } from 'n8n-workflow';
import { report } from '../samples/applications';
import type { Operation } from './runPlaidCheck';

/** Operations and options for tests of reports that take more than one request. */

export const BASE_REPORT: Operation = {
  resource: 'checkReport',
  operation: 'getBaseReport',
  path: '/cra/check_report/base_report/get',
};
export const FULL_REPORT: Operation = {
  resource: 'checkReport',
  operation: 'getFullReport',
  path: '/cra/check_report',
};

/** What Get Full Report can read. */
export const EVERY_PRODUCT = [
  'base_report',
  'cashflow_insights',
  'income_insights',
  'lend_score',
  'network_insights',
  'partner_insights',
];

/** Each item that fails becomes an error item. */
export const goOn = { onError: 'continueRegularOutput' } as const;

/** @param maxWait in seconds */
export const wait = (maxWait: number): INodeParameters => ({
  waitUntilReady: { values: { maxWait } },
});

/** The form of Create Report If Expired, which asks for no user. */
export const settings = Object.fromEntries(
  Object.entries(report()).filter(([name]) => name !== 'user_id'),
);
export const ifExpired: INodeParameters = { createIfExpired: { values: settings } };
