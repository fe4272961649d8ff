import type { INodePropertyOptions } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { getReport } from '../catalog/report/get';
import { createSubscription } from '../catalog/servicing/createSubscription';
import { CREATE_IF_EXPIRED, CREATE_IF_MISSING } from '../options/declarations';
import { IF_REPORT_EXISTS } from '../options/ifExists';

const CREATES_REPORT = `Plaid may bill each call. Fill in Client Report ID with the ID of the application and add the option ${IF_REPORT_EXISTS}, so that a second run creates no second report; add Wait Until Ready or start another workflow with Plaid Check Trigger`;

const CREATES_SUBSCRIPTION =
  'Add the option If a Subscription Exists, so that a second run creates no second subscription';

const readsReport = (option: string) =>
  `Needs a report that is ready. Add the option ${option} to create one, or Wait Until Ready after a creation. Read within 24 hours, and once: save what you need`;

/** What n8n's AI workflow builder is told of an operation. */
export function operationHint(endpoint: Endpoint): Pick<INodePropertyOptions, 'builderHint'> {
  const propertyHint = hintOf(endpoint);
  return propertyHint === undefined ? {} : { builderHint: { propertyHint } };
}

function hintOf({ makesReport, readsReport: reads, path }: Endpoint): string | undefined {
  if (makesReport) return CREATES_REPORT;
  if (reads) return readsReport(path === getReport.path ? CREATE_IF_MISSING : CREATE_IF_EXPIRED);
  return path === createSubscription.path ? CREATES_SUBSCRIPTION : undefined;
}
