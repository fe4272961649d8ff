import { clientReportId } from './baseReport';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf } from './finances';
import { sum } from './money';
import { pdf } from './pdf';

const dollars = (amount: number): string =>
  amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });

/** The report on one page: whose it is, which one, and what is on the accounts. */
const reportPdf =
  (title: string) =>
  (call: Call): Buffer => {
    const user = call.user();
    const report = call.report();
    const { banks, accounts } = financesOf(user, report.items);
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
          ({ name: account, mask, balance }) =>
            `${bank.institution.name}, ${account} (...${mask}): ${dollars(balance)}`,
        ),
      ),
      `In all accounts: ${dollars(sum(accounts.map(({ balance }) => balance)))}`,
    ]);
  };

export const getReportPdf = reportPdf('Consumer Report');

export const getHomeLendingPdf = reportPdf('Home Lending Report');
