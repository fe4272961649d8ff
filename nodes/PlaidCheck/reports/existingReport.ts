import type { JsonObject } from 'n8n-workflow';

import { createReport } from '../catalog/report/create';
import { withoutOptions } from '../catalog/shared/reportProducts';
import { failure, isFailure, mayHaveSucceeded, type Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { requestIdOf } from '../client/response';
import type { Call } from '../client/send';
import type { Problem } from '../fields/rules';
import { IF_REPORT_EXISTS, type ReportReuse } from '../options/ifExists';
import { asObject, asText } from '../utils/json';
import {
  finishedReport,
  hasUnfinishedProducts,
  productsIn,
  readerOfCreated,
  readOfCreated,
} from './createdReport';
import { beingMade, type Look, type Verdict } from './existing';
import { plaidTime } from './plaidTime';
import { reportKey } from './reportKey';

/** How the creation of a report looks for one that exists; a problem where it does not say what to look for. */
export function lookForReport(create: Call, reuse: ReportReuse): Look | { problems: Problem[] } {
  const isNewer = create.path === createReport.path;
  const wanted = clientReportIdOf(create.body);
  const call = readOfCreated(create, {});
  if (reuse.mode === 'notOlderThan') {
    return {
      call,
      endpoint: readerOfCreated(create),
      key: reportKey(create),
      judge: ({ json, clockAheadMs = 0 }) => {
        const found = foundIn(json, create, call);
        if ('existing' in found) return found;
        return notOlderThan(found, reuse.maxAgeMs, Date.now() + clockAheadMs);
      },
    };
  }
  if (wanted === null) return { problems: [NEEDS_ID] };
  return {
    call,
    endpoint: readerOfCreated(create),
    // The report API keeps each report; the legacy one keeps one of a user.
    key: isNewer ? JSON.stringify([create.body.user_id, wanted]) : reportKey(create),
    judge: ({ json }) => {
      const ofAnother = asText(asObject(json.report).client_report_id) ?? wanted;
      if (isNewer && ofAnother !== wanted) return 'create';
      const found = foundIn(json, create, call);
      return 'existing' in found ? found : withSameId(found, wanted);
    },
  };
}

const NEEDS_ID: Problem = {
  path: ['client_report_id'],
  label: 'Additional Fields > Client Report ID',
  text: `is required, because the option ${IF_REPORT_EXISTS} compares it; add it with an ID of your own for each report, such as that of the application, or choose Use It If Not Older Than in the option`,
};

/** The caller's own ID of a report, where the legacy API takes it, too. */
const clientReportIdOf = ({ client_report_id, base_report }: JsonObject): string | null =>
  [client_report_id, asObject(base_report).client_report_id]
    .map((id) => asText(id))
    .find((id) => id !== null && id.trim() !== '') ?? null;

/** A report that exists, as far as it matters to a creation. */
interface Found {
  output: JsonObject;
  /** Undefined where Plaid does not tell it, null where the report has none */
  clientReportId: string | null | undefined;
  /** ms since the epoch; undefined where Plaid does not tell it */
  madeAt: number | undefined;
  /** What it has less of than the request asks for */
  shortOf?: string;
  /** Set where none of the products could be made */
  failed?: Failure;
  /** What holds for a failure, as a read that is not safe to retry was made */
  readOnce: Pick<Failure, 'howToVerify' | 'may_have_succeeded'>;
  requestId: string | null;
}

function foundIn(json: JsonObject, create: Call, read: Call): Found | { existing: JsonObject } {
  const common = {
    readOnce: mayHaveSucceeded(read.howToVerify),
    requestId: requestIdOf({ json }),
  };
  if (create.path !== createReport.path) return { ...common, ...checkReportIn(json, create) };
  if (hasUnfinishedProducts(json)) return { existing: beingMade(common.requestId) };
  return { ...common, ...productReportIn(json, create) };
}

type OfApi = Omit<Found, 'readOnce' | 'requestId'>;

function checkReportIn(json: JsonObject, { body }: Call): OfApi {
  const { client_report_id, date_generated, days_requested } = asObject(json.report);
  const isShorter =
    typeof days_requested === 'number' && daysOf(body.days_requested) > daysOf(days_requested);
  return {
    output: { report_status: 'existing', ...json },
    clientReportId: asText(client_report_id),
    madeAt: plaidTime(date_generated),
    ...(isShorter && { shortOf: TEXTS.coversFewerDays(days_requested) }),
  };
}

/** Plaid reads at least 180 days, whatever is asked for. */
const daysOf = (days: unknown) => Math.max(180, Number(days));

function productReportIn(json: JsonObject, { body }: Call): OfApi {
  const asked = withoutOptions(body.products);
  const products = productsIn(json);
  const isIn = (one: JsonObject) =>
    products.some(({ product, version }) => product === one.product && version === one.version);
  const absent = asked.filter((one) => !isIn(one)).map(({ product }) => String(product));
  const { client_report_id } = asObject(json.report);
  const times = products
    .map(({ metadata }) => plaidTime(asObject(metadata).generated_time))
    .filter((time) => time !== undefined);
  const finished = finishedReport(json, body.products);
  return {
    output: { report_status: 'existing', ...json, ...(!isFailure(finished) && finished) },
    clientReportId: client_report_id === null ? null : (asText(client_report_id) ?? undefined),
    madeAt: times.length === 0 ? undefined : Math.min(...times),
    ...(absent.length > 0 && { shortOf: TEXTS.lacksProducts(absent) }),
    ...(isFailure(finished) && { failed: finished }),
  };
}

/** The same ID stands for the same request, so that a report which differs from it is a contradiction. */
function withSameId(found: Found, wanted: string): Verdict {
  const { clientReportId, shortOf, failed, output } = found;
  if (clientReportId === undefined)
    return refused(found, TEXTS.unknownReportId, TEXTS.useAgeInstead);
  if (clientReportId !== wanted) return 'create';
  if (shortOf !== undefined)
    return refused(found, TEXTS.sameIdOtherReport(shortOf), TEXTS.giveOtherId);
  if (failed) return { failure: { ...failed, steps: [...failed.steps, TEXTS.giveOtherId] } };
  return { existing: output };
}

/** A report that lacks something is none that could be used. @param now by Plaid's clock, ms since the epoch */
function notOlderThan(found: Found, maxAgeMs: number, now: number): Verdict {
  const { madeAt, shortOf, failed, output } = found;
  if (shortOf !== undefined || failed) return 'create';
  if (madeAt === undefined) return refused(found, TEXTS.unknownReportTime, TEXTS.readInstead);
  return Math.max(0, now - madeAt) < maxAgeMs ? { existing: output } : 'create';
}

/** Where it is not clear whether the report is the wanted one, none is created. */
function refused({ readOnce, requestId }: Found, message: string, step: string): Verdict {
  return {
    failure: failure({
      kind: 'report_conflict',
      message,
      steps: [step],
      request_id: requestId,
      ...readOnce,
    }),
  };
}
