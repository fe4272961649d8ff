import type { INodeParameters } from 'n8n-workflow';
import {
  startScriptedServer,
  answer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { FULL_REPORT } from '../support/workflows/reportRuns';
import {
  byFields,
  CREDIT_PROFILE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
} from '../support/workflows/runPlaidCheck';

/** Reason codes in plain words, as the compiled node gives them. */

let plaid: ScriptedServer;

beforeAll(async () => {
  plaid = await startScriptedServer();
});
afterAll(async () => await plaid.close());

const LEND_SCORE = {
  resource: 'checkReport',
  operation: 'getLendScore',
  path: '/cra/check_report/lend_score/get',
};
const SCORE = {
  report: { lend_score: { score: 40, reason_codes: ['PCS0220', 'PCS9999', 'PCS0201'] } },
};
const PARTNERS = {
  report: {
    fico: {
      ultrafico_score_results: [
        {
          request_correlation_id: 'a',
          ultrafico_score: { score: 700, reason_code_1: '14', positive_reason_codes: ['P2'] },
        },
      ],
    },
    prism: { cash_score: { score: 500, reason_codes: ['14', 'R2'] } },
  },
};

const user_id = 'usr_1';
const texts = (values: INodeParameters) => ({ reasonTexts: { values } });

async function run(operation: typeof LEND_SCORE, response: object, options: INodeParameters = {}) {
  plaid.play(answer(200, response));
  const body = operation === CREDIT_PROFILE ? { user_id, ...PURPOSE } : { user_id };
  const parameters = withOptions(withDefaultOutput(byFields(operation, body)), options);
  return await runPlaidCheck(plaid, parameters);
}

const PURPOSE = {
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  client_report_id: 'loan-1',
  inquiry_type: 'SOFT_INQUIRY',
  report_type: 'QUALIFY',
  version: 'v1',
};

test('reasons of LendScore are in words, in their order, and an unknown code is as it is', async () => {
  const lend_score_reasons = [
    { code: 'PCS0220', text: 'Low income' },
    { code: 'PCS9999', text: 'PCS9999' },
    { code: 'PCS0201', text: 'Low account balance' },
  ];
  const { json } = await run(LEND_SCORE, SCORE);
  expect(json).toMatchObject([{ lend_score: 40, lend_score_reasons }]);
  const profile = { report: { lend_scores: [{ variant: 'a', ...SCORE.report.lend_score }] } };
  const variants = await run(CREDIT_PROFILE, profile);
  expect(variants.error?.message).toBeUndefined();
  expect(variants.json).toMatchObject([{ lend_score_reasons }]);
});

test('reasons of UltraFICO and Prism have the texts of the user, and are codes without them', async () => {
  const { json } = await run(PARTNER_INSIGHTS, PARTNERS);
  expect(json).toMatchObject([
    {
      ultrafico_negative_reasons: [{ code: '14', text: '14' }],
      ultrafico_positive_reasons: [{ code: 'P2', text: 'P2' }],
      prism_cash_score_reasons: [
        { code: '14', text: '14' },
        { code: 'R2', text: 'R2' },
      ],
    },
  ]);
  const given = texts({
    ultraFico: '{ "14": "Too few accounts", "P2": " Long history " }',
    prism: '={{ ({ R2: "Falling balance" }) }}',
  });
  const named = await run(PARTNER_INSIGHTS, PARTNERS, given);
  expect(named.json).toMatchObject([
    {
      ultrafico_negative_reasons: [{ code: '14', text: 'Too few accounts' }],
      ultrafico_positive_reasons: [{ code: 'P2', text: 'Long history' }],
      prism_cash_score_reasons: [
        { code: '14', text: '14' },
        { code: 'R2', text: 'Falling balance' },
      ],
    },
  ]);
});

test('the texts of the user come before those of LendScore, in a full report and in selected facts, too', async () => {
  const given = texts({ lendScore: '{ "PCS0220": "Ingresos bajos" }' });
  const first = { code: 'PCS0220', text: 'Ingresos bajos' };
  const { json } = await run(LEND_SCORE, SCORE, given);
  expect(json).toMatchObject([
    { lend_score_reasons: [first, {}, { text: 'Low account balance' }] },
  ]);
  plaid.play(answer(200, SCORE));
  const full = byFields(FULL_REPORT, { user_id, products: ['lend_score'] });
  const whole = await runPlaidCheck(plaid, withOptions(withDefaultOutput(full), given));
  expect(whole.json).toMatchObject([{ lend_score_reasons: [first, {}, {}] }]);
  const chosen = { output: 'selected', outputFacts: ['lend_score_reasons'] };
  const selected = { ...byFields(LEND_SCORE, { user_id }), ...chosen };
  const part = await runPlaidCheck(plaid, withOptions(selected, given));
  expect(part.json).toEqual([
    { lend_score_reasons: [first, expect.anything(), expect.anything()] },
  ]);
});

test.each([
  ['{ "14": null }', 'must have a text for the code "14", got null'],
  ['{ "14": " " }', 'must have a text for the code "14", got '],
  ['{ "14": { "text": "x" } }', 'must have a text for the code "14", got '],
  ['[1]', 'the option Reason Texts > UltraFICO (JSON) must be a JSON object'],
  ['{ 14: x }', 'the option Reason Texts > UltraFICO (JSON) must be a JSON object'],
])('the texts %j are refused before anything is sent', async (ultraFico, message) => {
  const { error } = await run(PARTNER_INSIGHTS, PARTNERS, texts({ ultraFico }));
  expect(error?.message).toContain(message);
  expect(plaid.requests).toEqual([]);
});

test('reasons that a score lacks are an empty table', async () => {
  const { json } = await run(LEND_SCORE, { report: { lend_score: { score: null } } });
  expect(json).toMatchObject([{ lend_score: null, lend_score_reasons: [] }]);
});
