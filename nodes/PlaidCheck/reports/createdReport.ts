import type { JsonObject, JsonValue } from 'n8n-workflow';

import { getBaseReport } from '../catalog/checkReport/getBaseReport';
import { createReport } from '../catalog/report/create';
import { getReport } from '../catalog/report/get';
import { withoutOptions } from '../catalog/shared/reportProducts';
import { NEEDS_PERSON, notReadyOf } from '../client/errorCodes';
import type { Endpoint } from '../catalog/endpoint';
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

/** The endpoint of that read. */
export const readerOfCreated = ({ path }: Call): Endpoint =>
  path === createReport.path ? getReport : getBaseReport;

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
export function hasUnfinishedProducts(json: JsonObject): boolean {
  const errors = productsIn(json).flatMap((product) => errorsIn(product.errors));
  // A person has to look at it first, whatever else is still being made.
  return (
    !errors.some(needsPerson) && errors.some((error) => notReadyOf(codesOf(error)) === 'report')
  );
}

const codesOf = ({ error_type, error_code }: JsonObject) => ({
  error_type: asText(error_type),
  error_code: asText(error_code),
});

const needsPerson = ({ error_code }: JsonObject) => NEEDS_PERSON.has(asText(error_code) ?? '');

/**
 * A finished report of the report API, with its products by whether they were made, as in Plaid's webhook; a failure where
 * none was made. A product that was asked for and is not in the report was not made.
 */
export function finishedReport(
  json: JsonObject,
  asked: JsonValue | undefined,
): JsonObject | Failure {
  const products = productsIn(json);
  const isIn = (one: JsonObject) =>
    products.some(({ product, version }) => product === one.product && version === one.version);
  const absent = withoutOptions(asked).filter((one) => !isIn(one));
  const failed_products = [...products.filter(hasFailed), ...absent];
  const names = (list: JsonObject[]) => withoutOptions(list) as JsonValue;
  if (products.every(hasFailed)) {
    const errors = failed_products.flatMap((one) => errorsIn(one.errors));
    const error = errors.find(needsPerson) ?? errors[0];
    return productsFailure({ failed: failed_products, error, requestId: json.request_id });
  }
  return {
    successful_products: names(products.filter((one) => !hasFailed(one))),
    failed_products: names(failed_products),
  };
}

const hasFailed = ({ errors }: JsonObject) => errorsIn(errors).length > 0;

/** The products of an answer of the report API. */
export const productsIn = ({ report }: JsonObject): JsonObject[] => {
  const { products } = asObject(report);
  return (Array.isArray(products) ? products : []).filter(isObject);
};

const errorsIn = (errors: JsonValue | undefined): JsonObject[] =>
  (Array.isArray(errors) ? errors : []).filter(isObject);
