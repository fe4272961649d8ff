import type { IDataObject, JsonObject } from 'n8n-workflow';

import { createCheckReport } from '../catalog/checkReport/create';
import { bodyFromParameters, withNumbersFromText } from '../fields/body';
import { problemsOf } from '../fields/check';
import { GROUP } from '../fields/names';
import type { Problem } from '../fields/rules';
import type { Call } from '../client/send';

/** Answers by which Plaid says that there is no report to read (https://plaid.com/docs/errors/plaid-check/). */
export const NO_REPORT = new Set(['CONSUMER_REPORT_EXPIRED', 'CONSUMER_REPORT_NOT_FOUND']);

const { fields, identity } = createCheckReport;

/** What a new report needs beside the user, who is the one of the read. */
export const newReportFields = fields.filter(({ name }) => !identity.some((one) => one === name));

/**
 * The request for a new report of the user whom a call reads of, as the option says; undefined where the
 * option is not set.
 */
export function newReport(
  { createIfExpired }: IDataObject,
  call: Call,
): Call | { problems: Problem[] } | undefined {
  if (createIfExpired === undefined || createIfExpired === null) return undefined;
  if (call.body.third_party_user_token) return { problems: [ofOption(SHARED)] };
  const parameters = (createIfExpired as { [GROUP]?: IDataObject })[GROUP] ?? {};
  const body = withNumbersFromText(fields, {
    ...userOf(call.body),
    ...bodyFromParameters(newReportFields, parameters),
  });
  const problems = problemsOf(createCheckReport, body);
  if (problems.length > 0) return { problems: problems.map(ofOption) };
  const { path, howToCheck } = createCheckReport;
  return { ...call, path, howToCheck, body, pdf: undefined };
}

const SHARED: Problem = {
  path: [],
  text: 'a report that another company shares with you can not be made anew; use a user ID or a user token',
};

/** Whom a request is about, by the field that names the user. */
export function userOf({ user_id, user_token }: JsonObject): JsonObject {
  if (user_id) return { user_id };
  return user_token ? { user_token } : {};
}

const ofOption = ({ path, text }: Problem): Problem => ({
  path: ['Create Report If Expired', ...path],
  text,
});
