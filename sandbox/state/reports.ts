import type { CraCheckReportCreateRequest } from 'plaid';
import {
  dataUnavailable,
  reportExpired,
  reportNotFound,
  reportNotReady,
  type PlaidError,
} from '../plaidErrors';
import { newUuid } from '../ids';
import type { Wire } from '../wire';
import { splitItems, type Item, type ReportItems } from './items';

export type ReportRequest = Wire<CraCheckReportCreateRequest>;

/** A consumer report; its times in ms since the epoch. */
export interface Report extends ReportItems {
  readonly reportId: string;
  readonly userId: string;
  readonly request: ReportRequest;
  readonly createdAt: number;
  /** Up to when it covers what happened. */
  readonly asOf: number;
  readonly readyAt: number;
  /** Why it could not be made; null when it can be. */
  readonly failure: PlaidError | null;
}

/** A report lasts 24 hours: https://plaid.com/docs/api/products/check-legacy/#cracheck_reportcreate */
export const REPORT_LIFETIME_MS = 24 * 60 * 60 * 1000;

export interface Reports {
  /** Starts a report from the user's Items; the newest one of a user counts. */
  create(userId: string, request: ReportRequest, items: readonly Item[], now: number): Report;
  /** Keeps a report that Servicing made: at once ready, with an id by which it can be asked for. */
  addServicing(report: ServicingReport): Report;
  /**
   * The user's newest report, or the one of the id. Throws PRODUCT_NOT_READY, DATA_UNAVAILABLE,
   * CONSUMER_REPORT_EXPIRED or CONSUMER_REPORT_NOT_FOUND.
   */
  read(userId: string, now: number, reportId?: string): Report;
  /** The report that was created last, ready or not; undefined where there is none. */
  newest(userId: string): Report | undefined;
  /** Whether the user has or had one, Servicing's included. */
  any(userId: string): boolean;
  /** Whether it was not forgotten with its user. */
  has(report: Report): boolean;
  /** How many reports were created for the user with /cra/check_report/create or Link. */
  count(userId: string): number;
  forget(userId: string): void;
}

export type ServicingReport = Pick<
  Report,
  'userId' | 'request' | 'items' | 'leftOut' | 'asOf' | 'createdAt'
>;

const isReadable = ({ createdAt, readyAt, failure }: Report, now: number) =>
  now >= readyAt && now < createdAt + REPORT_LIFETIME_MS && failure === null;

/** When reports can be read. */
export interface ReportTiming {
  /** ms of the sandbox's clock that a new report takes */
  readyAfterMs: number;
  /** Whether an older report can be read meanwhile */
  keepsOldReport: boolean;
}

export function createReports({ readyAfterMs, keepsOldReport }: ReportTiming): Reports {
  /** Oldest first. */
  const byUser = new Map<string, Report[]>();
  const counts = new Map<string, number>();
  const of = (userId: string) => byUser.get(userId) ?? [];
  const add = (report: Report) => {
    byUser.set(report.userId, [...of(report.userId), report]);
    return report;
  };
  return {
    create(userId, request, all, now) {
      counts.set(userId, (counts.get(userId) ?? 0) + 1);
      const { items, leftOut } = splitItems(all);
      return add({
        reportId: newUuid(),
        userId,
        request,
        items,
        leftOut,
        createdAt: now,
        asOf: now,
        readyAt: now + readyAfterMs,
        failure: items.length === 0 ? dataUnavailable(all) : null,
      });
    },
    addServicing: (report) =>
      add({
        ...report,
        reportId: `cra-report-sandbox-${newUuid()}`,
        readyAt: report.createdAt,
        failure: null,
      }),
    read(userId, now, reportId) {
      const report = reportId
        ? of(userId).find((other) => other.reportId === reportId)
        : of(userId).at(-1);
      if (!report) throw reportNotFound();
      if (now >= report.createdAt + REPORT_LIFETIME_MS) throw reportExpired();
      if (now < report.readyAt) {
        const older = keepsOldReport
          ? of(userId)
              .filter((one) => isReadable(one, now))
              .at(-1)
          : undefined;
        if (older) return older;
        throw reportNotReady();
      }
      if (report.failure) throw report.failure;
      return report;
    },
    newest: (userId) => of(userId).at(-1),
    any: (userId) => of(userId).length > 0,
    has: (report) => of(report.userId).includes(report),
    count: (userId) => counts.get(userId) ?? 0,
    forget(userId) {
      byUser.delete(userId);
      counts.delete(userId);
    },
  };
}
