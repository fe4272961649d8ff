/**
 * The products of Plaid's report API that are known by name. Plaid adds products without notice, so that any other name
 * is accepted as well. Apart from the schemas, because the editor's list loads with the node.
 */
export const REPORT_PRODUCTS: Readonly<Record<string, string>> = {
  cra_base_report: 'Base Report',
  cra_cashflow_insights: 'Cashflow Insights',
  cra_home_lending: 'Home Lending Report',
  cra_income_insights: 'Income Insights',
  cra_lend_score: 'LendScore',
  cra_network_insights: 'Network Insights',
  cra_partner_insights: 'Partner Insights',
  cra_qualify: 'Qualify',
};
