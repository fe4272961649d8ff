import Table from 'cli-table3';
import type { TableConstructorOptions } from 'cli-table3';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ancestorItem, type RunResult, type WorkflowJson } from '../../engine';
import type { Exchange } from './wire';

const PLAID_NODE = 'n8n-nodes-plaid-check.plaidCheck';

/** One response of Plaid, or one attempt without a response. */
export interface Call {
  /** Name of the node. */
  step: string;
  /** Unique, unlike the name. */
  applicationId: string;
  /** Name of the person. */
  applicant: string;
  requestId: string;
  /** What went over the wire; absent when no answer came. */
  exchange?: Exchange;
  /** The figure most people look for first, or the error code. */
  headline: string;
}

/** The names of the workflow's Plaid Check nodes, in the order they stand in it. */
export interface Steps {
  all: string[];
  /** Those before the decision, which every applicant takes */
  everyone: string[];
}

/** Throws where the workflow has no node named "Decision". */
export function plaidSteps({ nodes }: WorkflowJson): Steps {
  const decision = nodes.findIndex(({ name }) => name === 'Decision');
  if (decision === -1) throw new Error('The workflow has no node named "Decision"');
  const namesIn = (some: WorkflowJson['nodes']) =>
    some.filter(({ type }) => type === PLAID_NODE).map(({ name }) => name);
  return { all: namesIn(nodes), everyone: namesIn(nodes.slice(0, decision)) };
}

/** Every call of these nodes in the order of the run, matched with the wire by request id. */
export function callsOf(
  steps: string[],
  result: RunResult,
  exchanges: ReadonlyMap<string, Exchange>,
): Call[] {
  return steps
    .flatMap((step) => (result.nodes[step] ?? []).map((run) => ({ step, run })))
    .sort((a, b) => a.run.startTime - b.run.startTime)
    .flatMap(({ step, run }) =>
      run.outputs.flat().map((item) => {
        const error = item.json.error as IDataObject | undefined;
        // An error item also holds its input's members, and their request id with them.
        const requestId = String((error ?? item.json).request_id ?? '');
        const exchange = exchanges.get(requestId);
        const applicant = ancestorItem(result, run, item, 'Each Applicant')?.json ?? {};
        return {
          step,
          applicationId: String(applicant.application_id ?? '?'),
          applicant: String(applicant.name ?? '?'),
          requestId,
          ...(exchange && { exchange }),
          headline: error
            ? String(error.error_code ?? error.message)
            : headline(exchange?.path, item.json),
        };
      }),
    );
}

/** The facts that the headlines are taken from. */
interface Facts {
  account_count?: number | null;
  ultrafico_score?: number | null;
  lend_score?: number | null;
  current_monthly_net_income?: number | null;
}

const HEADLINES: Readonly<Record<string, (facts: Facts) => string>> = {
  '/cra/check_report/create': () => 'report ordered',
  '/cra/check_report/base_report/get': ({ account_count }) => `accounts ${account_count ?? 'none'}`,
  '/cra/check_report/partner_insights/get': ({ ultrafico_score }) =>
    `UltraFICO ${ultrafico_score ?? 'none'}`,
  '/cra/credit_profile/report/get': ({ lend_score }) => `LendScore ${lend_score ?? 'none'}`,
  '/cra/check_report/income_insights/get': ({ current_monthly_net_income: income = null }) =>
    `income ${income === null ? 'unknown' : `${dollars(income)} a month`}`,
  '/cra/servicing/subscription/create': () => 'subscribed to updates',
};

function headline(path = '', answer: object): string {
  return HEADLINES[path]?.(answer) ?? '';
}

const PLAIN: TableConstructorOptions = {
  style: { head: [], border: [], compact: true },
};

export function callsTable(calls: Call[]): string {
  const table = new Table({
    head: ['step', 'endpoint', 'applicant', 'HTTP', 'request id', 'ms', 'headline'],
    colAligns: ['left', 'left', 'left', 'right', 'left', 'right', 'left'],
    ...PLAIN,
  });
  for (const { step, exchange, applicant, requestId, headline: figure } of calls) {
    const { path = '-', status = '-', ms } = exchange ?? {};
    table.push([step, path, applicant, status, requestId || '-', ms?.toFixed(0) ?? '-', figure]);
  }
  return table.toString();
}

/** The workflow's final items, which a lender would continue with. */
export function decisionsTable(items: INodeExecutionData[]): string {
  const table = new Table({
    head: [
      'applicant',
      'loan',
      'FICO',
      'UltraFICO',
      'CashScore',
      'LendScore',
      'income',
      'decision',
      'reasons',
    ],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'left', 'left'],
    ...PLAIN,
  });
  for (const { json } of items) {
    const { applicant, loan_amount, base_fico_score, ultrafico_score } = json;
    const { cash_score, lend_score, monthly_income, decision, reasons = [] } = json;
    table.push([
      String(applicant),
      dollars(Number(loan_amount)),
      ...[base_fico_score, ultrafico_score, cash_score, lend_score].map((score) =>
        String(score ?? 'none'),
      ),
      typeof monthly_income === 'number' ? dollars(monthly_income) : 'unknown',
      String(decision),
      (reasons as string[]).join('\n'),
    ]);
  }
  return table.toString();
}

function dollars(amount: number): string {
  return `$${Math.round(amount).toLocaleString('en-US')}`;
}
