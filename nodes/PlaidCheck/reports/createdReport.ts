import type { JsonObject, JsonValue } from 'n8n-workflow';

import { getBaseReport } from '../catalog/checkReport/getBaseReport';
import { createReport } from '../catalog/report/create';
import { getReport } from '../catalog/report/get';
import { withoutOptions } from '../catalog/shared/reportProducts';
import { NOT_READY_CODES } from '../client/errorCodes';
import type { Failure } from '../client/failure';
import type { Call } from '../client/send';
import { asObject, asText, isObject } from '../utils/json';
import { userFields } from './job';
import { productsFailure } from './pause/productsFailure';

/** The read that shows whether a created report is ready. */
export function readOfCreated(creation: Call, created: JsonObject): Call {
  const { body } = creation;
  if (creation.path === createReport.path) {
    return readCall(creation, {
      ...readFields(body),
      products: withoutOptions(body.products),
      ...reportIdIn(created),
    });
  }
  // Every report of the legacy API has a base report.
  const { path, howToVerify } = getBaseReport;
  return { ...creation, path, howToVerify, body: userFields(body) };
}

/** A read of the report API, restricted to the report that was just created for it. */
export const withReportId = (read: Call, created: JsonObject): Call =>
  read.path === getReport.path ? { ...read, body: { ...read.body, ...reportIdIn(created) } } : read;

function readCall(call: Call, body: JsonObject): Call {
  const { path, howToVerify } = getReport;
  return { ...call, path, howToVerify, body };
}

/** What the read and the creation of a report have in common, apart from the products. */
export const readFields = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    ['user_id', 'decision_stage', 'consumer_report_permissible_purpose', 'scope'].flatMap((name) =>
      body[name] === undefined ? [] : [[name, body[name]]],
    ),
  );

/** The ID of a created report; only the report API returns one. */
export const reportIdOf = ({ report_id }: JsonObject): string | null => asText(report_id);

function reportIdIn(created: JsonObject): JsonObject {
  const report_id = reportIdOf(created);
  return report_id === null ? {} : { report_id };
}

/** Whether a report of the report API has products that are still being made. */
export const hasUnfinishedProducts = (json: JsonObject): boolean =>
  productsIn(json).some(({ errors }) => codesIn(errors).some((code) => NOT_READY_CODES.has(code)));

/**
 * A finished report of the report API, with its products by whether they were made, as in Plaid's webhook; a failure where
 * none was made.
 */
export function finishedReport(json: JsonObject): JsonObject | Failure {
  const products = productsIn(json);
  const failed_products = products.filter(hasFailed);
  const names = (list: JsonObject[]) => withoutOptions(list) as JsonValue;
  if (products.length > 0 && failed_products.length === products.length) {
    const [first] = failed_products.flatMap(({ errors }) => errorsIn(errors));
    return productsFailure({ failed: failed_products, error: first, requestId: json.request_id });
  }
  return {
    successful_products: names(products.filter((one) => !hasFailed(one))),
    failed_products: names(failed_products),
  };
}

const hasFailed = ({ errors }: JsonObject) => errorsIn(errors).length > 0;

const productsIn = ({ report }: JsonObject): JsonObject[] => {
  const { products } = asObject(report);
  return (Array.isArray(products) ? products : []).filter(isObject);
};

const errorsIn = (errors: JsonValue | undefined): JsonObject[] =>
  (Array.isArray(errors) ? errors : []).filter(isObject);

const codesIn = (errors: JsonValue | undefined) =>
  errorsIn(errors).map(({ error_code }) => String(error_code));
