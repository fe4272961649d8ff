import { clientReportId } from './baseReport';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf } from './finances';
import { countsInFlows } from './holdings';
import { sum } from './money';
import { pdf } from './pdf';

const money = (amount: number, currency: string | null): string =>
  currency
    ? amount.toLocaleString('en-US', { style: 'currency', currency })
    : amount.toLocaleString('en-US');

/** The report on one page: whose it is, which one, and what is on the accounts. */
const reportPdf =
  (title: string) =>
  (call: Call): Buffer => {
    const user = call.user();
    const report = call.report();
    const { banks, accounts } = financesOf(user, report.items);
    const counted = accounts.filter(countsInFlows);
    const name = user.identity?.name;
    return pdf([
      title,
      `Applicant: ${name ? `${name.given_name} ${name.family_name}` : user.clientUserId}`,
      `Report ID: ${report.reportId}`,
      `Client report ID: ${clientReportId(report.request) ?? '-'}`,
      `Created: ${isoTime(report.createdAt)}`,
      '',
      ...banks.flatMap((bank) =>
        bank.accounts.map(
          ({ name: account, mask, balance, currency }) =>
            `${bank.institution.name}, ${account} (...${mask}): ${money(balance, currency)}`,
        ),
      ),
      `In all deposit accounts in USD: ${money(sum(counted.map(({ balance }) => balance)), 'USD')}`,
    ]);
  };

export const getReportPdf = reportPdf('Consumer Report');

export const getHomeLendingPdf = reportPdf('Home Lending Report');
