import type { IExecuteFunctions, JsonObject, NodeExecutionHint } from 'n8n-workflow';

import { isFreeHost } from '../../../credentials/plaidApi';
import { isBilled } from '../client/bill';
import { type Account, demoMark } from '../client/account';
import type { Result } from '../client/retry';
import { escaped } from '../client/tellFailure';
import { REPORT_PRODUCTS } from '../catalog/shared/reportProductNames';
import type { Job } from '../reports/job';
import { executionOf } from '../reports/pause/execution';
import { plaidTime } from '../reports/plaidTime';
import { asObject } from '../utils/json';
import { hintOf } from './output';
import { openSameCreations } from './sameCreations';
import { isSafeToRepeat } from './tries';

/** What the user should know of a run beside its output. */
export interface Hints {
  /**
   * Notes what an item says about the run.
   * @param isFirst whether the item is the first of those that share the result, which bears its cost
   */
  note: (job: Job, result: Result, isFirst: boolean) => void;
  /**
   * Shows the hints at the output in the editor, where this n8n has them: from 1.79 on, for tools from 1.118 on.
   * @param ofRun what there is to say of the run as a whole
   */
  show: (...ofRun: Array<string | undefined>) => void;
}

/** From how many billed items on a run says so. */
const MANY_ITEMS = 50;

const HOUR_MS = 60 * 60 * 1000;

/** Plaid keeps a report for 24 hours. */
const LIFETIME_MS = 24 * HOUR_MS;

/** A report that expires within this time may not outlive a workflow that waits for a person. */
const SOON_MS = 4 * HOUR_MS;

/** Of answers in one execution: n8n saves it as one text of at most 512 MB, and later nodes add to it. */
const MANY_BYTES = 150_000_000;

/** Its key in the node's memory, as in a loop the answers of all rounds are saved. */
const ANSWERS = 'wholeAnswers';

interface Answers {
  items: number;
  bytes: number;
}

export function openHints(context: IExecuteFunctions, account: Account): Hints {
  const { retryOnFail } = context.getNode();
  const once = new Set<string>();
  let items = 0;
  let billed = 0;
  let previewed = 0;
  let incomplete = 0;
  let expiring = 0;
  let mayRepeat = false;
  const bill = new Map<string, number>();
  let unpublished = 0;
  const sameCreations = openSameCreations();
  const memory = executionOf(context)?.memory;
  const whole: Answers = { items: 0, bytes: 0, ...(memory?.[ANSWERS] as Answers | undefined) };
  const addToBill = ({ attempts }: Result) => {
    for (const { bill: lines } of attempts) {
      if (lines === null) unpublished++;
      for (const { event, status } of (lines ?? []).filter(isBilled)) {
        const name = `${PRODUCT_NAMES.get(event) ?? 'Product'} (${status === 'certain' ? '' : 'possible, '}${event})`;
        bill.set(name, (bill.get(name) ?? 0) + 1);
      }
    }
  };
  const isDemo = demoMark(account).demo === true;

  return {
    note(job, result, isFirst) {
      if (isFirst) addToBill(result);
      if (isUnsent(result)) return;
      const { operation, call, previewRequest } = job;
      const answered = job.answered ?? job.sameAs;
      items++;
      mayRepeat ||= retryOnFail === true && !isSafeToRepeat(job);
      const isBilled = operation.billing !== undefined && !isFreeHost(call.baseUrl) && !answered;
      if (isBilled && previewRequest) previewed++;
      else if (isBilled) billed++;
      const mayBeMade = !('failure' in result) || result.failure.may_have_succeeded;
      if (mayBeMade && !answered) sameCreations.note(job);
      if (!('json' in result) || previewRequest || answered) return;
      const { json } = result;
      const hint = hintOf(operation, call.body, json);
      if (hint !== undefined) once.add(hint);
      if (operation.parts && json.complete === false) incomplete++;
      if (expiresSoon(json, job)) expiring++;
      if (isFirst && isOutputWhole(job)) {
        whole.items++;
        whole.bytes += sizeOf(result);
      }
    },
    show(...ofRun) {
      if (isDemo) once.add(DEMO_DATA);
      if (incomplete > 0) once.add(INCOMPLETE(incomplete, items));
      if (expiring > 0) once.add(EXPIRING(expiring, items));
      if (whole.bytes >= MANY_BYTES) once.add(MANY_ANSWERS(whole));
      if (memory && whole.items > 0) memory[ANSWERS] = whole;
      if (mayRepeat) once.add(RETRY_ON_FAIL);
      for (const hint of sameCreations.hints()) once.add(hint);
      if (billed >= MANY_ITEMS) once.add(MANY_BILLED(billed));
      if (previewed >= MANY_ITEMS) once.add(MANY_TO_BE_BILLED(previewed));
      const all = [...ofRun.filter((one) => one !== undefined).map(escaped), ...once];
      const shown = all.map((message): NodeExecutionHint => ({
        message,
        type: 'warning',
        location: 'outputPane',
      }));
      if (bill.size > 0) {
        shown.push({ message: BILL(bill, unpublished), type: 'info', location: 'outputPane' });
      }
      const { addExecutionHints }: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = context;
      if (shown.length > 0) addExecutionHints?.call(context, ...shown);
    },
  };
}

const DEMO_DATA =
  'Demo data: the credential has the environment Demo, so the node answered the requests itself and the people are made up. Each item says <code>demo: true</code>. For real reports, choose a credential with your Plaid keys';

/** Whether the output is Plaid's answer, rather than facts or a file of it. */
const isOutputWhole = ({ output, operation }: Job): boolean =>
  output.form === 'full' || (!operation.summary && !operation.parts);

/** The answers that an item is made of. */
const sizeOf = ({ attempts }: Result): number =>
  attempts.reduce((sum, { size = 0 }) => sum + size, 0);

/** Whether an item was cancelled before a request that counts. */
const isUnsent = (result: Result) =>
  'failure' in result && result.failure.kind === 'cancelled' && !result.failure.may_have_succeeded;

const INCOMPLETE = (count: number, items: number) =>
  `${count} of ${items} ${items === 1 ? 'item' : 'items'} ${count === 1 ? 'is' : 'are'} incomplete: a product could not be read, see complete and errors in the output. Do not decide on a value that is missing`;

const MANY_ANSWERS = ({ items, bytes }: Answers) =>
  `The answers of ${items} ${items === 1 ? 'item' : 'items'} in this execution are ${Math.round(bytes / 1e6)} MB. n8n saves an execution as one text of at most 512 MB, with what later nodes make of the answers, and saves nothing of a larger one. Choose Output: Simplified or Selected Fields, or read in batches (Loop Over Items) by a sub-workflow that returns only what you need`;

const EXPIRING = (count: number, items: number) =>
  `${count === 1 && items === 1 ? 'The report expires' : `${count} of ${items} reports expire`} in less than ${SOON_MS / HOUR_MS} hours: Plaid keeps a report for ${LIFETIME_MS / HOUR_MS} hours. Read what you still need now`;

const RETRY_ON_FAIL =
  "n8n's setting Retry On Fail is on for requests that create something or may be billed. Turn it off: the option Retry already retries what is safe to retry";

/** What is billed, in the words of the form as far as they are known. */
const PRODUCT_NAMES = new Map([
  ...Object.entries(REPORT_PRODUCTS),
  ['link_delivery', 'Link Delivery'],
]);

const BILL = (bill: ReadonlyMap<string, number>, unpublished: number) =>
  [
    `Plaid bills for this run: ${[...bill].map(([name, count]) => `${count} × ${escaped(name)}`).join(', ')}`,
    ...(unpublished > 0
      ? [`${unpublished} requests that Plaid may bill, but does not publish when`]
      : []),
    'Plaid bills a product of a report once, so not again if an earlier run read it',
  ].join('; ');

const MANY_BILLED = (count: number) =>
  `Plaid may bill ${count} requests of this run. To see the requests of a run before they are sent, use the option Preview Request`;

const MANY_TO_BE_BILLED = (count: number) =>
  `Plaid may bill ${count} requests once Preview Request is removed`;

/** A report that was created a day ago, almost; one of a subscription, which is named by its ID, has another lifetime. */
function expiresSoon(json: JsonObject, { operation, call }: Job): boolean {
  if (!operation.readsReport || call.body.report_id !== undefined) return false;
  const places = operation.parts ? Object.values(json).map(asObject) : [json];
  const ofFacts = operation.parts
    ? Object.entries(json).flatMap(([name, time]) => (/generated_time$/.test(name) ? [time] : []))
    : [];
  return (
    ofFacts.some(isSoon) ||
    places.some(({ report }) => {
      const { date_generated, generated_time, products } = asObject(report);
      const ofProducts = Array.isArray(products)
        ? products.map((one) => asObject(asObject(one).metadata).generated_time)
        : [];
      return [date_generated, generated_time, ...ofProducts].some(isSoon);
    })
  );
}

function isSoon(generatedTime: unknown): boolean {
  const age = Date.now() - (plaidTime(generatedTime) ?? NaN);
  return age > LIFETIME_MS - SOON_MS && age < LIFETIME_MS;
}
