import { choiceOrNull, group, NULL_VALUE, textList } from '../../fields/builders';
/** Settings for income insights, the same wherever Plaid takes them. */
export const incomeInsightsOptions = {
  income_insights_version: choiceOrNull(
    {
      name: 'Income Insights Version',
      description: 'The version of income insights to make',
      default: 'II2',
    },
    { II2: 'II2' },
    NULL_VALUE,
  ),
  income_insights_filter: group(
    {
      name: 'Income Insights Filter',
      description: 'Which kinds of income to return, instead of those Plaid returns by itself',
    },
    {
      included_categories: textList({
        name: 'Included Categories',
        description:
          'The income categories to add; EARNED_INCOME.* stands for all of a kind, a lone * for all there are',
        placeholder: 'e.g. EARNED_INCOME.SALARY',
      }),
      excluded_categories: textList({
        name: 'Excluded Categories',
        description: 'The income categories to leave out, also where they are included above',
        placeholder: 'e.g. BENEFITS.DISABILITY',
      }).optional(),
    },
  ).nullish(),
};
