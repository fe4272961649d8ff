import type { JsonObject } from 'n8n-workflow';

import { simplified } from '../../nodes/PlaidCheck/facts/summary';
import { inShort, SUMMARIES } from '../support/samples/summaries';

test('chosen facts come out alone, in the order of the summary', () => {
  const summary = SUMMARIES['/cra/check_report/lend_score/get'] ?? [];
  const answer = { request_id: 'r1', report: { report_id: 'p1', lend_score: { score: 70 } } };
  const facts = simplified(summary, answer, {
    chosen: ['lend_score', 'report_id', 'no_such_fact'],
  });
  expect(Object.entries(facts)).toEqual([
    ['lend_score', 70],
    ['report_id', 'p1'],
  ]);
});

describe('scores', () => {
  test('a LendScore that could not be made is null, with the reason', () => {
    const lend_score = { score: null, reason_codes: [], error_reason: 'Not enough transactions' };
    expect(inShort('check_report/lend_score', { report: { lend_score } })).toMatchObject({
      lend_score: null,
      lend_score_reason_codes: [],
      lend_score_error_reason: 'Not enough transactions',
    });
  });

  test('UltraFICO: the first request and all of them, with codes of both forms', () => {
    const facts = inShort('check_report/partner_insights', {
      report: {
        fico: {
          lender_application_id: 'app-1',
          ultrafico_score_results: [
            {
              request_correlation_id: 'a',
              ultrafico_score: {
                score: 701,
                ultrafico_score_version: '1.0',
                reason_code_1: 'U1',
                reason_code_2: null,
                reason_code_3: 'U3',
                positive_reason_codes: ['P1', 'P2'],
                did_inquiries_adversely_affect_score: false,
              },
              exclusion_code: null,
            },
            { request_correlation_id: 'b', ultrafico_score: null, exclusion_code: '17' },
          ],
        },
        prism: null,
      },
    });
    expect(facts).toMatchObject({
      lender_application_id: 'app-1',
      ultrafico_score: 701,
      ultrafico_score_version: '1.0',
      ultrafico_negative_reason_codes: ['U1', 'U3'],
      ultrafico_positive_reason_codes: ['P1', 'P2'],
      ultrafico_did_inquiries_adversely_affect_score: false,
      prism_status: null,
      prism_cash_score: null,
      prism_cash_score_reason_codes: [],
    });
    const rows = facts.ultrafico_score_results as JsonObject[];
    expect(rows.map(({ score, exclusion_code }) => [score, exclusion_code])).toEqual([
      [701, null],
      [null, '17'],
    ]);
  });

  test('UltraFICO: facts of the first request never come from the second', () => {
    const results: JsonObject[] = [
      { error_reason: 'Too short a history' },
      { ultrafico_score: { score: 640, negative_reason_codes: ['U9'] } },
    ];
    const answer = { report: { fico: { ultrafico_score_results: results } } };
    expect(inShort('check_report/partner_insights', answer)).toMatchObject({
      ultrafico_score: null,
      ultrafico_negative_reason_codes: [],
      ultrafico_error_reason: 'Too short a history',
    });
  });

  const prism = {
    status: 'SUCCESS',
    cash_score: { version: 3, score: 512, reason_codes: ['CS1'] },
    first_detect: { version: 4, model_version: '4.1', score: 77 },
    detect: { model_version: '4', score: null, error_reason: 'No deposits' },
    insights: { version: 3, result: { l6m_income: 3 } },
  };

  test('Prism: each score with its version, from the newer field where it is there', () => {
    const facts = inShort('check_report/partner_insights', { report: { prism } });
    expect(facts).toMatchObject({
      prism_status: 'SUCCESS',
      prism_cash_score: 512,
      prism_cash_score_version: '3',
      prism_cash_score_reason_codes: ['CS1'],
      prism_first_detect: 77,
      prism_first_detect_version: '4.1',
      prism_detect: null,
      prism_detect_error_reason: 'No deposits',
      prism_extend: null,
      prism_insights_version: '3',
    });
    expect(JSON.stringify(facts)).not.toContain('l6m_income');
  });

  test('legacy partner insights: facts of the newest report, and a row for each', () => {
    const facts = inShort('partner_insights', {
      report: [
        { report_id: 'p1', generated_time: '2026-07-02T10:00:00Z', prism },
        { report_id: 'p2', generated_time: '2026-07-01T10:00:00Z', prism: { status: 'FAILED' } },
        { report_id: 'p3' },
      ],
    });
    expect(facts).toMatchObject({
      report_id: 'p1',
      prism_cash_score: 512,
      report_count: 3,
      reports: [
        { report_id: 'p1', prism_status: 'SUCCESS', prism_cash_score: 512 },
        { report_id: 'p2', prism_status: 'FAILED', prism_cash_score: null },
        { report_id: 'p3', prism_status: null },
      ],
    });
  });

  test('credit profile: several LendScores, attributes, and no metadata', () => {
    const lend_scores = [
      { variant: 'LS1', score: 60, reason_codes: ['A', 'B'], error_reason: null },
      { variant: 'LS2', score: null, reason_codes: [], error_reason: 'No accounts' },
    ];
    const cashflow_insights_attributes = { income_90d: 12.5, has_payroll: true };
    const report = { lend_scores, cashflow_insights_attributes, metadata: null };
    expect(inShort('credit_profile/report', { report })).toMatchObject({
      lend_score: 60,
      lend_score_variant: 'LS1',
      lend_score_reason_codes: ['A', 'B'],
      lend_scores,
      cashflow_insights_attributes,
      network_insights_attributes: {},
      generated_time: null,
      account_count: null,
    });
  });

  test('attributes come as they are, and are counted', () => {
    const attributes = { a: 1, b: 'x', c: null };
    expect(inShort('check_report/cashflow_insights', { report: { attributes } })).toMatchObject({
      attribute_count: 3,
      attributes,
    });
    const report = { network_attributes: {}, items: [] };
    expect(inShort('check_report/network_insights', { report })).toMatchObject({
      network_attribute_count: 0,
      network_attributes: {},
      item_count: 0,
    });
    expect(inShort('check_report/cashflow_insights', { report: {} })).toMatchObject({
      attribute_count: null,
      attributes: {},
    });
  });

  const ultraFico = (...results: JsonObject[]) =>
    inShort('check_report/partner_insights', {
      report: { fico: { lender_application_id: 'app-1', ultrafico_score_results: results } },
    });

  test.each(['0', '00', ' 0 '])(
    'UltraFICO: the exclusion code %j says that a score was made',
    (code) => {
      const facts = ultraFico({ ultrafico_score: { score: 701 }, exclusion_code: code });
      expect(facts).toMatchObject({ ultrafico_score: 701, ultrafico_exclusion_code: null });
      expect(facts.ultrafico_score_results).toMatchObject([{ exclusion_code: null }]);
    },
  );

  test('UltraFICO: several requests have a lowest score and counts, in any order', () => {
    const results: JsonObject[] = [
      {
        request_correlation_id: 'r2',
        fico_scoring_request_id: 'f2',
        ultrafico_score: { score: 610, did_inquiries_adversely_affect_score: true },
      },
      { request_correlation_id: 'r10', ultrafico_score: { score: 590 } },
      { request_correlation_id: 'r3', error_reason: 'No accounts', exclusion_code: '17' },
    ];
    const facts = ultraFico(...results);
    expect(facts).toEqual(ultraFico(...[...results].reverse()));
    expect(facts).toMatchObject({
      ultrafico_score: 610,
      ultrafico_lowest_score: 590,
      ultrafico_scored_count: 2,
      ultrafico_failed_count: 1,
      ultrafico_score_results: [
        {
          request_correlation_id: 'r2',
          fico_scoring_request_id: 'f2',
          did_inquiries_adversely_affect_score: true,
        },
        { request_correlation_id: 'r3', fico_scoring_request_id: null, exclusion_code: '17' },
        { request_correlation_id: 'r10', did_inquiries_adversely_affect_score: null },
      ],
    });
    expect(ultraFico()).toMatchObject({ ultrafico_scored_count: 0, ultrafico_lowest_score: null });
    expect(inShort('check_report/partner_insights', { report: {} })).toMatchObject({
      ultrafico_scored_count: null,
      ultrafico_failed_count: null,
    });
  });

  test("FICO's characteristics come as they are", () => {
    const report_characteristics = { num_accounts: 2, tot_current_balances: null };
    const fico = {
      lender_application_id: 'a',
      ultrafico_score_results: [],
      report_characteristics,
    };
    expect(inShort('check_report/partner_insights', { report: { fico } })).toMatchObject({
      report_characteristics,
    });
  });

  test('credit profile: the LendScore is chosen by its variant', () => {
    const lend_scores = [
      { variant: 'LS10', score: 40, reason_codes: ['B'], error_reason: null },
      { variant: 'LS2', score: 60, reason_codes: ['A'], error_reason: null },
      { variant: 'LS3', score: null, reason_codes: [], error_reason: 'No accounts' },
    ];
    for (const listed of [lend_scores, [...lend_scores].reverse()]) {
      expect(inShort('credit_profile/report', { report: { lend_scores: listed } })).toMatchObject({
        lend_score: 60,
        lend_score_variant: 'LS2',
        lend_score_reason_codes: ['A'],
        lend_score_lowest_score: 40,
        lend_score_scored_count: 2,
        lend_score_failed_count: 1,
      });
    }
  });
});
