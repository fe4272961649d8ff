import type {
  ConsumerReportPermissiblePurpose,
  CraReportDecisionStage,
  CraReportScope,
} from 'plaid';
import { newUuid } from '../ids';
import { productReportExpired, productReportNotReady } from '../plaidErrors';
import type { Wire } from '../wire';
import type { ReportItems } from './items';
import { REPORT_LIFETIME_MS, type ReportTiming } from './reports';

/** A product as requests of the newer report API name it. Its options are not public but for Income Insights. */
export interface AskedProduct {
  readonly product: string;
  readonly version: string;
  readonly options?: Readonly<Record<string, unknown>> | null;
}

/** What `/cra/report/create` and `cra_report_parameter` of Link ask for. */
export interface ProductReportRequest {
  readonly products: readonly AskedProduct[];
  readonly scope?: Wire<CraReportScope> | null;
  readonly decision_stage?: Wire<CraReportDecisionStage>;
  readonly client_report_id?: string | null;
  readonly days_requested?: number | null;
  readonly days_required?: number | null;
  readonly include_investments?: boolean | null;
  readonly consumer_report_permissible_purpose?: Wire<ConsumerReportPermissiblePurpose>;
  readonly webhook?: string | null;
}

/** A report of the newer API; its times in ms since the epoch. */
export interface ProductReport extends ReportItems {
  readonly reportId: string;
  readonly userId: string;
  readonly request: ProductReportRequest;
  /** The error code of each product that could not be made. */
  readonly failures: ReadonlyMap<string, string>;
  readonly createdAt: number;
  readonly readyAt: number;
}

/** Reports of the newer API: `/cra/check_report/*` does not read them. */
export interface ProductReports {
  /** Starts a report; the newest one of a user counts. */
  create(
    given: Pick<ProductReport, 'userId' | 'request' | 'items' | 'leftOut' | 'failures'>,
    now: number,
  ): ProductReport;
  /**
   * The user's newest report, or the one of the id; undefined where there is none. Throws PRODUCT_NOT_READY or
   * CONSUMER_REPORT_EXPIRED.
   */
  find(userId: string, now: number, reportId?: string): ProductReport | undefined;
  /** Whether it was not forgotten with its user. */
  has(report: ProductReport): boolean;
  /** How many were created for the user with `/cra/report/create` or Link. */
  count(userId: string): number;
  forget(userId: string): void;
}

export function createProductReports({
  readyAfterMs,
  keepsOldReport,
}: ReportTiming): ProductReports {
  /** Oldest first. */
  const byUser = new Map<string, ProductReport[]>();
  const of = (userId: string) => byUser.get(userId) ?? [];
  const isExpired = ({ createdAt }: ProductReport, now: number) =>
    now >= createdAt + REPORT_LIFETIME_MS;
  const isReady = ({ readyAt }: ProductReport, now: number) => now >= readyAt;
  return {
    create(given, now) {
      const report: ProductReport = {
        ...given,
        reportId: newUuid(),
        createdAt: now,
        readyAt: now + readyAfterMs,
      };
      byUser.set(given.userId, [...of(given.userId), report]);
      return report;
    },
    find(userId, now, reportId) {
      const report = reportId
        ? of(userId).find((other) => other.reportId === reportId)
        : of(userId).at(-1);
      if (!report) return undefined;
      if (isExpired(report, now)) throw productReportExpired();
      if (isReady(report, now)) return report;
      const older = keepsOldReport && !reportId ? readable(of(userId), now) : undefined;
      if (older) return older;
      throw productReportNotReady();
    },
    has: (report) => of(report.userId).includes(report),
    count: (userId) => of(userId).length,
    forget: (userId) => void byUser.delete(userId),
  };

  function readable(reports: readonly ProductReport[], now: number) {
    return reports.filter((one) => isReady(one, now) && !isExpired(one, now)).at(-1);
  }
}
