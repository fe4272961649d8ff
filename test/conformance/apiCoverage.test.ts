import { nextStepFor } from '../../nodes/PlaidCheck/client/errorCodes';
import { coverage } from './api/coverage';
import { NODE } from './api/node';

test('nothing that is public of Plaid Check is missing in the node', async () => {
  const counted = await coverage();
  expect(counted.filter((one) => one.missing.length > 0)).toEqual([]);
  const totals = Object.fromEntries(counted.map(({ what, total }) => [what, total]));
  expect(totals).toEqual({
    paths: 47,
    'request fields and values': expect.any(Number) as number,
    'webhook events': 23,
    'error codes': 19,
    'error types': 3,
  });
  // Fewer would mean that fields were not found, rather than that Plaid removed some.
  expect(totals['request fields and values']).toBeGreaterThan(1300);
});

test('control: what is taken out of the node is found missing, and nothing else', async () => {
  const requests = new Map([...NODE.requests].map(([path, fields]) => [path, new Map(fields)]));
  requests.delete('/cra/loans/unregister');
  const create = requests.get('/cra/report/create');
  create?.delete('include_investments');
  const stage = create?.get('decision_stage');
  if (stage) create?.set('decision_stage', { ...stage, values: ['DECISIONING', 'SERVICING'] });
  requests.get('/link/token/create')?.delete('cra_report_parameter.days_required');
  const events = new Set(
    [...NODE.events].filter((event) => event !== 'CRA_REPORT.CRA_REPORT_READY'),
  );
  const hasNextStep: typeof NODE.hasNextStep = (error) =>
    error.error_code !== 'DATA_UNAVAILABLE' && nextStepFor(error) !== null;

  const whole = await coverage();
  const less = await coverage({ requests, events, hasNextStep });
  const newly = less.map(({ what, missing }, index) => [
    what,
    missing.filter((name) => !whole[index]?.missing.includes(name)),
  ]);
  expect(Object.fromEntries(newly)).toEqual({
    paths: ['/cra/loans/unregister'],
    'request fields and values': expect.arrayContaining([
      '/cra/loans/unregister loans[].loan_id',
      '/cra/report/create decision_stage "PREQUALIFICATION"',
      '/cra/report/create include_investments',
      '/link/token/create cra_report_parameter.days_required',
    ]) as string[],
    'webhook events': ['CRA_REPORT.CRA_REPORT_READY'],
    'error codes': ['DATA_UNAVAILABLE'],
    'error types': [],
  });
  const fields = newly[1]?.[1] as string[];
  expect(fields.filter((name) => !name.startsWith('/cra/loans/unregister '))).toHaveLength(3);
});
