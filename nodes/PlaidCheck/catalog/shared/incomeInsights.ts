import { choiceOrNull, group, NULL_VALUE, textList } from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import { incomeCategories } from './formats';

/** Settings for income insights. */
export const incomeInsightsOptions = {
  income_insights_version: choiceOrNull(
    {
      name: 'Income Insights Version',
      description: 'The version of income insights to create',
      default: 'II2',
    },
    { II2: 'II2' },
    NULL_VALUE,
  ),
  income_insights_filter: group(
    {
      name: 'Income Insights Filter',
      description: "The types of income to return, instead of Plaid's default",
    },
    {
      included_categories: withFormat(
        textList({
          name: 'Included Categories',
          description:
            'The income categories to include; EARNED_INCOME.* includes a whole group, * everything',
          placeholder: 'e.g. EARNED_INCOME.SALARY',
        }),
        incomeCategories,
      ),
      excluded_categories: withFormat(
        textList({
          name: 'Excluded Categories',
          description: 'The income categories to exclude, even if they are included above',
          neverBlank: true,
          placeholder: 'e.g. BENEFITS.DISABILITY',
        }),
        incomeCategories,
      ).optional(),
    },
  ).nullish(),
};
