import { createReport } from '../catalog/report/create';
import { withoutOptions } from '../catalog/shared/reportProducts';
import type { Call } from '../client/send';

/** The legacy API keeps one report per user; the report API keeps each one under its ID. */
export function reportKey({ path, body }: Call): string {
  const { user_id = null, user_token = null } = body;
  if (path !== createReport.path) return JSON.stringify([user_id, user_token]);
  const { user_id: user, decision_stage, scope, products } = body;
  return JSON.stringify([user, decision_stage, scope, withoutOptions(products)]);
}
