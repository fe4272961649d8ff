import { startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, newLegacyUser, refusal } from './client';

const REGISTER = '/cra/loans/register';
const UPDATE = '/cra/loans/update';
const UNREGISTER = '/cra/loans/unregister';
const APPLICATIONS = '/cra/loans/applications/register';

describe('loans', () => {
  let sandbox: Sandbox;
  let user_token: string;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    sandbox.reset();
    ({ user_token } = await newLegacyUser(sandbox));
  });

  const status = (name: string, date: string) => ({ status: name, date });
  const loan = (loan_id: string, more: object = {}) => ({
    user_token,
    loan_id,
    type: 'PERSONAL',
    payment_schedule: 'MONTHLY',
    opened_date: '2026-01-15',
    opened_with_status: status('APPROVED', '2026-01-15'),
    loan_amount: 12_000,
    ...more,
  });
  const closed = (loan_id: string) => ({
    loan_id,
    closed_with_status: status('PAID_OFF', '2026-09-01'),
  });
  const payment = { period: 1, due_date: '2026-02-15', days_past_due: 0 };
  const ids = () => [...sandbox.loans().keys()];

  test('are registered, updated and unregistered', async () => {
    const first = loan('first');
    await ask(sandbox, REGISTER, { loans: [first, loan('second')] });
    const status_history = [status('CURRENT', '2026-02-15')];
    const update = { loan_id: 'first', status_history, payment_history: [payment] };
    await ask(sandbox, UPDATE, { loans: [update, { loan_id: 'second' }] });
    await ask(sandbox, UPDATE, { loans: [{ loan_id: 'first', payment_history: [payment] }] });
    expect(sandbox.loans().get('first')).toMatchObject({
      registered: first,
      statuses: [first.opened_with_status, ...status_history],
      payments: [payment, payment],
    });
    await ask(sandbox, UNREGISTER, { loans: [closed('first')] });
    expect(ids()).toEqual(['second']);
    const refused = await refusal(sandbox, UPDATE, { loans: [update] });
    expect(refused.error_code).toBe('INVALID_LOAN_ID');
    await ask(sandbox, REGISTER, { loans: [first] });
  });

  test.each([
    [
      'a loan that is registered already',
      REGISTER,
      () => [loan('new'), loan('known')],
      'loans[1].loan_id',
      'INVALID_LOAN_ID',
    ],
    [
      'the same loan twice',
      REGISTER,
      () => [loan('new'), loan('newer'), loan('new')],
      'loans[2].loan_id',
      'INVALID_LOAN_ID',
    ],
    [
      'an unknown user',
      REGISTER,
      () => [loan('new'), loan('newer', { user_token: 'user-sandbox-none' })],
      'loans[1].user_token',
      'INVALID_USER_TOKEN',
    ],
    [
      'an unknown loan',
      UPDATE,
      () => [{ loan_id: 'known', payment_history: [payment] }, { loan_id: 'none' }],
      'loans[1].loan_id',
      'INVALID_LOAN_ID',
    ],
    ['no loan at all', UPDATE, () => [{}], 'loans[0].loan_id', 'INVALID_LOAN_ID'],
    [
      'an unknown loan to end',
      UNREGISTER,
      () => [closed('known'), closed('none')],
      'loans[1].loan_id',
      'INVALID_LOAN_ID',
    ],
  ])('%s is refused, with the whole list', async (_what, path, entries, field, error_code) => {
    await ask(sandbox, REGISTER, { loans: [loan('known')] });
    const before = sandbox.loans().get('known');
    const refused = await refusal(sandbox, path, { loans: entries() });
    expect(refused).toMatchObject({ status: 400, error_type: 'INVALID_INPUT', error_code });
    expect(refused.error_message).toContain(`${field} `);
    expect(JSON.stringify(refused)).not.toContain('user-sandbox-');
    expect(ids()).toEqual(['known']);
    expect(sandbox.loans().get('known')).toEqual(before);
  });

  test('applications are taken for users that are known', async () => {
    const application = {
      user_token,
      application_id: 'application-1',
      type: 'AUTO',
      decision: 'APPROVED',
    };
    await ask(sandbox, APPLICATIONS, { applications: [application] });
    await ask(sandbox, APPLICATIONS, { applications: [{ ...application, decision: 'DECLINED' }] });
    const applications = [application, { ...application, user_token: 'user-sandbox-none' }];
    const refused = await refusal(sandbox, APPLICATIONS, { applications });
    expect(refused).toMatchObject({ status: 400, error_code: 'INVALID_USER_TOKEN' });
    expect(refused.error_message).toContain('applications[1].user_token ');
  });

  test('are forgotten with their user', async () => {
    await ask(sandbox, REGISTER, { loans: [loan('first')] });
    await ask(sandbox, '/user/remove', { user_token });
    expect(ids()).toEqual([]);
  });
});
