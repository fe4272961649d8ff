import type { INodeProperties } from 'n8n-workflow';

import { createCheckReport } from '../catalog/checkReport/create';
import type { Endpoint } from '../catalog/endpoint';
import { createReport, newReportOption } from '../catalog/report/create';
import { getReport } from '../catalog/report/get';
import { shownWhere } from '../catalog/shownFor';
import { BYTES_IN_MB } from '../client/response';
import type { RetryPolicy } from '../client/retry';
import { CAREFUL, MOST_AUTOMATIC, type Throttling } from '../client/concurrency';
import { DEFAULT_CONNECT_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS } from '../client/timeout';
import {
  choice,
  decimal,
  group,
  jsonObject,
  textField,
  textList,
  toggle,
  wholeNumber,
} from '../fields/builders';
import { IF_EXISTS_OPTIONS } from './ifExists';
import { inputFieldsChoice, inputFieldsForm, inputFieldsGroup } from './inputFields';
import { reasonTexts } from './reasonTexts';
import { withMembers } from './members';
import { addedOption, bodyOption, convertedOption, option, type Option } from './option';

const SECOND = 1000;

const HOUR_IN_SECONDS = 60 * 60;

/** Reports take minutes, and a report that nobody reads expires after 24 hours. */
const WEEK_IN_SECONDS = 7 * 24 * HOUR_IN_SECONDS;

/** Shorter timeouts would fail any connection to another machine. */
const SHORTEST_TIMEOUT_SECONDS = 0.1;

const DEFAULT_MAX_WAIT_SECONDS = 300;

/** How long an item waits for a report that the node creates, where Wait Until Ready is not added. */
export const DEFAULT_MAX_WAIT_MS = DEFAULT_MAX_WAIT_SECONDS * SECOND;

/** A report, or several in one item. */
const hasFacts = (endpoint: Endpoint) => endpoint.summary !== undefined || 'parts' in endpoint;

/** Where waiting reads a report whose products get ready one by one. */
const readsProducts = ({ path }: Endpoint) => path === createReport.path || path === getReport.path;

/** Whether sending a request twice may create or bill twice; a read of a report may create one, too. */
const mayCreateOrBill = ({ howToVerify, readsReport }: Endpoint) =>
  howToVerify !== null || readsReport === true;

/** Whether a second read of the same may be billed as well. */
const mayBillAgain = (endpoint: Endpoint) =>
  endpoint.billing !== undefined && endpoint.readsReport === true && endpoint.howToVerify !== null;

/** Whether a request counts for the calls that an execution allows. */
const isLimited = (endpoint: Endpoint) =>
  endpoint.billing !== undefined || mayCreateOrBill(endpoint);

/** A score with reasons. */
const hasReasons = (endpoint: Endpoint) =>
  'parts' in endpoint || endpoint.summary?.some(({ reasonsOf }) => reasonsOf) === true;

const makesReport = (endpoint: Endpoint) => endpoint.makesReport === true;

/** Names of the options by which a read creates a report: with the legacy API, and with the current one. */
export const CREATE_IF_EXPIRED = 'Create Report If Expired';
export const CREATE_IF_MISSING = 'Create Report If Missing or Expired';

const NEW_REPORT = 'New Report';

/** Every option of the node, by its parameter name. A new option is one more entry here, and the code that uses it. */
export const OPTIONS = {
  addReceipt: option(
    toggle({
      name: 'Add Receipt',
      description:
        "Whether to add a receipt to the output: SHA-256 hashes of the request and of Plaid's response, and the response as a file unless personal data is left out",
      default: true,
    }),
    { absent: false },
  ),

  allowAtMost: option(
    wholeNumber(
      {
        name: 'Allow at Most',
        description:
          'How many calls of this node in one execution may create something or be billed; the rest fail and are not sent; without this option, a tool of an AI agent allows 1 and any other node has no limit',
        default: 1,
      },
      { min: 1, max: 1_000_000 },
    ),
    {
      absent: Infinity,
      absentAsTool: 1,
      holdsBack: true,
      shownFor: isLimited,
      form: (derived) => ({ ...derived, noDataExpression: true }),
    },
  ),

  throttling: convertedOption(
    group(
      {
        name: 'Throttling',
        description:
          'Limits on how fast the node sends requests; when Plaid answers 429 (too many requests), the node throttles all requests of the account',
      },
      {
        concurrency: wholeNumber(
          {
            name: 'Requests at Once',
            description: `How many requests may run concurrently, in any order at Plaid; 0 for automatic: from ${CAREFUL} up to ${MOST_AUTOMATIC} as long as responses stay fast, but only ${CAREFUL} where requests create something or may be billed and On Error stops the workflow`,
            default: 0,
          },
          { min: 0, max: 1000 },
        ),
        requestsPerSecond: decimal(
          {
            name: 'Requests Per Second',
            description: 'How many requests may start per second, 0 for no limit',
            default: 0,
          },
          { min: 0, max: 1000 },
        ),
      },
    ),
    ({ concurrency, requestsPerSecond }): Throttling => ({
      concurrency: concurrency === 0 ? 'automatic' : concurrency,
      perSecond: requestsPerSecond === 0 ? Infinity : requestsPerSecond,
    }),
    { notBlank: true },
  ),

  connectTimeout: option(
    decimal(
      {
        name: 'Connect Timeout (Seconds)',
        description:
          'How long to wait for a connection to Plaid, with n8n 2.20 or later and no proxy; a retry is always safe, because nothing has been sent yet',
        default: DEFAULT_CONNECT_TIMEOUT_SECONDS,
      },
      { min: SHORTEST_TIMEOUT_SECONDS, max: HOUR_IN_SECONDS },
    ),
  ),

  createIfExpired: bodyOption(
    group(
      {
        name: CREATE_IF_EXPIRED,
        holds: NEW_REPORT,
        description:
          'Create a new report if the user has none or it has expired, wait for it and read it; Plaid may bill each new report',
      },
      createCheckReport.request.omit({ user_id: true, user_token: true }).shape,
    ),
    {
      shownFor: ({ readsReport, path }) => readsReport === true && path !== getReport.path,
    },
  ),

  createReportIfExpired: bodyOption(
    group(
      {
        name: CREATE_IF_MISSING,
        holds: NEW_REPORT,
        description:
          'Create a new report if the user has none or it has expired, wait for it and read it; it has the products, stage, purpose and scope of this request, and Plaid may bill each new report',
      },
      newReportOption.shape,
    ),
    { shownFor: ({ path }) => path === getReport.path },
  ),

  extraBodyFields: bodyOption(
    textField({
      name: 'Extra Body Fields (JSON)',
      description:
        'A JSON object to merge into the request, for fields and values that Plaid added after this version of the node',
      default: '{}',
    }),
    {
      form: (derived) => ({ ...derived, type: 'json' }),
    },
  ),

  ...IF_EXISTS_OPTIONS,

  ifProductFails: option(
    choice(
      {
        name: 'If a Product Fails',
        description:
          'What to do if some of the products cannot be read; if none can, the item fails',
        default: 'fail',
      },
      {
        continue: {
          name: 'Continue',
          description:
            'Outputs the products that were read with complete: false, and lists in errors each product that was not',
        },
        fail: {
          name: 'Fail the Item',
          description: 'No applicant goes on with a report that lacks a product',
        },
      },
    ),
    { absent: 'fail', holdsBack: true, shownFor: (endpoint) => 'parts' in endpoint },
  ),

  ifRetried: option(
    choice(
      {
        name: 'If Retried',
        description:
          'What to send when n8n runs this node again in the same execution: with Retry in the list of executions, or with Retry On Fail; for requests that create something or may be billed',
        default: 'onlyUnanswered',
      },
      {
        onlyUnanswered: {
          name: 'Send Only What Has No Answer',
          description:
            'Outputs the answers of the first try without a new request; what may have succeeded, or whose answer was not kept, fails and is not sent',
        },
        sendAgain: {
          name: 'Send Everything Again',
          description: 'Plaid may create and bill a second time',
        },
      },
    ),
    { absent: 'onlyUnanswered', holdsBack: true, shownFor: mayCreateOrBill },
  ),

  includeAttempts: option(
    toggle({
      name: 'Include Attempts',
      description:
        'Whether to add to the output each request that was made for the item and how long it took',
      default: true,
    }),
    { absent: false },
  ),

  includeBilling: option(
    toggle({
      name: 'Include Billing',
      description:
        'Whether to add billing to each item and each error: what Plaid bills for it, as certain, possible or none; null where Plaid does not publish it',
      default: true,
    }),
    { absent: false },
  ),

  includeInputFields: addedOption(
    convertedOption(inputFieldsGroup, inputFieldsChoice, { form: inputFieldsForm }),
  ),

  itemsPerRequest: option(
    wholeNumber(
      {
        name: 'Items Per Request',
        description:
          'How many input items to send to Plaid in one request; if Plaid rejects the request, the node sends the items in smaller groups until each has its own result',
        default: 100,
      },
      { min: 1, max: 1000 },
    ),
    { absent: 1, shownFor: ({ combine }) => combine !== undefined },
  ),

  leaveOutPersonalData: option(
    toggle({
      name: 'Leave Out Personal Data',
      description:
        "Whether to leave owners, contacts, account numbers and transaction descriptions out of the output; what identifies the person then stays out of n8n's executions; a tool of an AI agent leaves it out unless this option is added and turned off",
      default: true,
    }),
    {
      absent: false,
      absentAsTool: true,
      shownFor: ({ pdf }) => pdf === undefined,
      holdsBack: true,
    },
  ),

  previewRequest: option(
    toggle({
      name: 'Preview Request',
      description:
        'Whether to check the request and output it instead of sending it, with keys and secret fields masked; where options send more requests, the output lists all of them with when each is sent and whether it may be billed',
      default: true,
    }),
    { absent: false, holdsBack: true },
  ),

  binaryField: option(
    textField({
      name: 'Put Output File in Field',
      description: 'The name of the output binary field to put the PDF in',
      default: 'data',
    }),
    { shownFor: ({ pdf }) => pdf !== undefined },
  ),

  reasonTexts: convertedOption(
    group(
      {
        name: 'Reason Texts',
        description:
          'Your own texts for the reason codes of scores, as JSON objects of code and text, for example from the documentation of the scorer; they replace the built-in ones of LendScore',
      },
      {
        lendScore: jsonObject({
          name: 'LendScore (JSON)',
          description: 'Texts by reason code of LendScore',
          default: '{}',
        }),
        prism: jsonObject({
          name: 'Prism (JSON)',
          description: 'Texts by reason code of Prism scores',
          default: '{}',
        }),
        ultraFico: jsonObject({
          name: 'UltraFICO (JSON)',
          description: 'Texts by reason code of UltraFICO',
          default: '{}',
        }),
      },
    ),
    reasonTexts,
    { shownFor: hasReasons },
  ),

  requiredFacts: option(
    textList({
      name: 'Required Facts',
      description:
        'Facts of the simplified report, by name, without which the item fails with the error incomplete_report, whatever its Output is; with several products, one of them must hold the fact',
      placeholder: 'e.g. lend_score',
    }),
    { absent: [], shownFor: hasFacts, holdsBack: true },
  ),

  /** In bytes */
  responseSizeLimit: convertedOption(
    decimal(
      {
        name: 'Response Size Limit (MB)',
        description: 'The largest response to accept; a larger one fails the item',
        default: 50,
      },
      { min: 0.001, max: 500 },
    ),
    (megabytes) => megabytes * BYTES_IN_MB,
  ),

  retry: convertedOption(
    group(
      {
        name: 'Retry',
        description:
          "How to retry a request that fails with a temporary error; leave n8n's own setting Retry On Fail off, which runs the whole node again",
      },
      {
        maxAttempts: wholeNumber(
          {
            name: 'Max Attempts',
            description:
              'How many times to send a request that fails, including the first attempt; rate-limited attempts do not count, but with 1 nothing is retried',
            default: 3,
          },
          { min: 1, max: 100 },
        ),
        interval: decimal(
          {
            name: 'Interval (Seconds)',
            description:
              'The longest wait before the second attempt, unless Plaid sends a longer Retry-After',
            default: 1,
          },
          { min: 0, max: HOUR_IN_SECONDS },
        ),
        backoffRate: decimal(
          {
            name: 'Backoff Rate',
            description: 'The factor by which the interval grows after each attempt',
            default: 2,
          },
          { min: 1, max: 100 },
        ),
        maxInterval: decimal(
          {
            name: 'Max Interval (Seconds)',
            description: 'The longest that the interval can grow to',
            default: 30,
          },
          { min: 0, max: HOUR_IN_SECONDS },
        ),
        rateLimitTime: decimal(
          {
            name: 'Longest Rate Limit (Seconds)',
            description:
              'How long Plaid may reject every request of the account with 429 (too many requests) before an item fails',
            default: 120,
          },
          { min: 0, max: HOUR_IN_SECONDS },
        ),
        retryUncertain: toggle({
          name: 'Retry Requests That May Have Succeeded',
          description:
            'Whether to also retry requests that create something or are billed when the first attempt may have succeeded; Plaid may then bill twice',
          default: false,
        }),
      },
    ),
    ({ interval, maxInterval, rateLimitTime, ...others }): RetryPolicy => ({
      ...others,
      rateLimitMs: rateLimitTime * SECOND,
      intervalMs: interval * SECOND,
      maxIntervalMs: maxInterval * SECOND,
    }),
    { keptFromModel: true },
  ),

  saveIds: option(
    toggle({
      name: 'Save IDs to Execution Data',
      description:
        "Whether to save user_id, report_id, client_report_id and request_id with the execution, so that you can find it in n8n's list of executions",
      default: true,
    }),
    { absent: false, notBlank: true },
  ),

  splitIntoItems: option(
    toggle({
      name: 'Split Into Items',
      description: 'Whether to output one item for each entry of the list instead of a single item',
      default: true,
    }),
    { absent: false, shownFor: ({ list }) => list !== undefined },
  ),

  /** In ms */
  stopStartingAfter: convertedOption(
    decimal(
      {
        name: 'Stop Starting New Items After (Seconds)',
        description:
          "How long the node may run, less than n8n's timeout; after that it sends nothing more and outputs each unfinished item with report_status",
        default: 600,
      },
      { min: 0.1, max: WEEK_IN_SECONDS },
    ),
    (seconds) => seconds * SECOND,
    { absent: Infinity, holdsBack: true },
  ),

  timeout: option(
    decimal(
      {
        name: 'Timeout (Seconds)',
        description: 'How long to wait for the complete response, including the time to connect',
        default: DEFAULT_TIMEOUT_SECONDS,
      },
      { min: SHORTEST_TIMEOUT_SECONDS, max: HOUR_IN_SECONDS },
    ),
  ),

  useAnswerOfRun: option(
    toggle({
      name: 'Use the Answer of This Run',
      description:
        'Whether items of one run that send the same request about the same user share one response, because Plaid may bill each read',
      default: true,
    }),
    { absent: false, shownFor: mayBillAgain },
  ),

  validateRequest: option(
    toggle({
      name: 'Validate Request',
      description:
        'Whether to check the request before it is sent, so that a field that Plaid would reject fails here',
      default: true,
    }),
    { keptFromModel: true },
  ),

  waitUntilReady: addedOption(
    convertedOption(
      group(
        {
          name: 'Wait Until Ready',
          description: 'Wait for a report that Plaid is still generating instead of failing',
        },
        {
          waitMode: choice(
            {
              name: 'Wait Mode',
              description: 'How to find out that the report is ready',
              default: 'poll',
            },
            {
              poll: {
                name: 'Poll Plaid',
                description:
                  'For any number of items; polls the report until it is ready; if n8n stops meanwhile, the execution is lost',
              },
              webhook: {
                name: "Pause Until Plaid's Webhook",
                description:
                  'For one item; n8n keeps the paused execution in its database, so it survives a restart',
              },
            },
          ),
          maxWait: decimal(
            {
              name: 'Max Wait (Seconds)',
              description: `How long to wait for the report before the item fails, up to a week (${WEEK_IN_SECONDS})`,
              default: DEFAULT_MAX_WAIT_SECONDS,
            },
            { min: 1, max: WEEK_IN_SECONDS },
          ),
        },
      ),
      ({ waitMode, maxWait }) => ({ waitMode, maxWaitMs: maxWait * SECOND }),
      {
        // Where Plaid may answer that a report is not ready.
        shownFor: ({ makesReport: makes, readsReport, mayNotBeReady }) =>
          [makes, readsReport, mayNotBeReady].includes(true),
        form: withPausing,
        notBlank: true,
      },
    ),
  ),
} satisfies Record<string, Option>;

/** Only an operation that creates a report can pause for its webhook. */
function withPausing(derived: INodeProperties, catalog: readonly Endpoint[]): INodeProperties {
  const displayOptions = shownWhere(catalog, makesReport);
  const about: INodeProperties = {
    displayName:
      'Plaid must be able to reach this n8n at an https URL. The URL that resumes the execution replaces the Webhook URL. If no webhook arrives within the time below, the node fails; n8n checks once a minute. n8n before 2.27 does not stop at this error: it outputs an item with error',
    name: 'aboutPausing',
    type: 'notice',
    default: '',
    displayOptions: { show: { ...displayOptions.show, waitMode: ['webhook'] } },
  };
  const aboutPolling: INodeProperties = {
    displayName:
      'Each poll reads the report. Once some products are ready, it returns those, and Plaid does not publish whether it bills that read. An item waits until all products are ready or have failed',
    name: 'aboutPolling',
    type: 'notice',
    default: '',
    displayOptions: shownWhere(catalog, readsProducts),
  };
  return withMembers(derived, (member) =>
    member.name === 'waitMode'
      ? [{ ...member, noDataExpression: true, displayOptions }, about, aboutPolling]
      : [member],
  );
}
