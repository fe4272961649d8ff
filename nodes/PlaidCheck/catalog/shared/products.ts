/** The products of Plaid Check as drop-downs show them; Plaid's other products are left to Extra Body Fields. */
export const CHECK_PRODUCTS = {
  cra_base_report: 'Base Report',
  cra_cashflow_insights: 'Cashflow Insights',
  cra_home_lending: 'Home Lending Report',
  cra_income_insights: 'Income Insights',
  cra_lend_score: 'LendScore',
  cra_monitoring: 'Monitoring',
  cra_network_insights: 'Network Insights',
  cra_partner_insights: 'Partner Insights',
  cra_plaid_credit_score: 'Plaid Credit Score',
  cra_qualify: 'Qualify',
} as const;
