import type { CraCheckReportCreateRequest } from 'plaid';
import { reportExpired, reportNotFound, reportNotReady } from '../faults';
import { newUuid } from '../ids';
import type { Wire } from '../wire';

export type ReportRequest = Wire<CraCheckReportCreateRequest>;

/** A consumer report; its times in ms since the epoch. */
export interface Report {
  readonly reportId: string;
  readonly request: ReportRequest;
  readonly createdAt: number;
  readonly readyAt: number;
}

/** A report lasts 24 hours: https://plaid.com/docs/api/products/check/#cracheck_reportcreate */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

export interface Reports {
  /** Starts a report; the newest one of a user counts. */
  create(userId: string, request: ReportRequest, now: number): Report;
  /** The user's newest report. Throws PRODUCT_NOT_READY, CONSUMER_REPORT_EXPIRED or CONSUMER_REPORT_NOT_FOUND. */
  read(userId: string, now: number): Report;
  /** How many reports were created for the user. */
  count(userId: string): number;
  forget(userId: string): void;
}

/** The reports of one sandbox; each takes `readyAfterMs` of the sandbox's clock to be ready. */
export function createReports(readyAfterMs: number): Reports {
  const newest = new Map<string, Report>();
  const counts = new Map<string, number>();
  return {
    create(userId, request, now) {
      const report = {
        reportId: newUuid(),
        request,
        createdAt: now,
        readyAt: now + readyAfterMs,
      };
      newest.set(userId, report);
      counts.set(userId, (counts.get(userId) ?? 0) + 1);
      return report;
    },
    read(userId, now) {
      const report = newest.get(userId);
      if (!report) throw reportNotFound();
      if (now >= report.createdAt + LIFETIME_MS) throw reportExpired();
      if (now < report.readyAt) throw reportNotReady();
      return report;
    },
    count: (userId) => counts.get(userId) ?? 0,
    forget: (userId) => void newest.delete(userId),
  };
}
