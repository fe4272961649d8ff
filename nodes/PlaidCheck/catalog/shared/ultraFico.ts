/** Where the form has what asks for UltraFICO scores; the reads of a report return them only if it did. */
export const ULTRAFICO_ASKED_IN =
  'Check Report (Legacy API): Create > Additional Fields > Partner Insights > FICO, or in CRA Options of Link Token: Create';

/** The same for the current report API, whose settings of this product Plaid has not published. */
export const ULTRAFICO_ASKED_IN_CURRENT =
  'Check Report: Create > Products, as Options (JSON) of Partner Insights';
