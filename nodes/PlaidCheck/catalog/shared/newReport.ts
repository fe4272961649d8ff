import { choice, wholeNumber } from '../../fields/builders';
import { atMostField, type Rule } from '../../fields/rules';
import type { Path } from '../../fields/path';
import { eachProductOnce, incomeInsightsOptionsAreValid } from './reportProducts';
import { clientReportIdField, daysRequestedField, includeInvestments } from './reportSettings';
import { reportScope } from './scope';

/** SDK 47, CraReportDecisionStage. */
export const decisionStage = choice(
  {
    name: 'Decision Stage',
    description: 'The stage of lending that the report is for; your contract lists your stages',
  },
  {
    DECISIONING: {
      name: 'Decisioning',
      description: 'You decide on an application',
    },
    PREQUALIFICATION: {
      name: 'Prequalification',
      description: 'You prepare an offer before the person applies',
    },
    SERVICING: { name: 'Servicing', description: 'You service an active loan' },
  },
);

/** Settings that Check Report: Create and Link Token: Create share, apart from the products. */
export const newReportSettings = {
  scope: reportScope.optional(),
  client_report_id: clientReportIdField.optional(),
  days_requested: daysRequestedField.optional(),
  days_required: wholeNumber(
    {
      name: 'Days Required',
      description:
        'Minimum number of days of bank history required to create the report, not more than Days Requested',
      default: 180,
    },
    { min: 0, max: 731 },
  ).optional(),
  include_investments: includeInvestments.optional(),
};

/** Rules between these settings and the products, for their location in the request. */
export const newReportRules = (at: Path = []): Rule[] => [
  atMostField([...at, 'days_required'], [...at, 'days_requested']),
  incomeInsightsOptionsAreValid([...at, 'products']),
  eachProductOnce([...at, 'products']),
];
