import { usualBank } from './banks';
import type { DemoUser } from '../demoUsers';
import { createItems, type Items } from './items';
import { createLinkTokens, type LinkTokens } from './linkTokens';
import { createLoans, type Loans } from './loans';
import { createMonitoring, type Monitoring } from './monitoring';
import { createOAuth, type OAuth } from './oauth';
import { createProductReports, type ProductReports } from './productReports';
import { createReports, type Reports, type ReportTiming } from './reports';
import { createServicing, type Servicing } from './servicing';
import { createUsers, type InjectedTraits, type User, type Users } from './users';

/** Everything a sandbox remembers. */
export interface State {
  readonly users: Users;
  readonly items: Items;
  readonly reports: Reports;
  readonly productReports: ProductReports;
  readonly monitoring: Monitoring;
  readonly servicing: Servicing;
  readonly loans: Loans;
  readonly linkTokens: LinkTokens;
  readonly oauth: OAuth;
}

/** The state a sandbox starts with, and returns to on reset. `clock` tells the time in ms. */
export function createState(
  demoUsers: readonly DemoUser[],
  reports: ReportTiming,
  clock: () => number,
  injectedTraits?: InjectedTraits,
): State {
  const items = createItems();
  for (const { user_id, disconnected = false } of demoUsers) {
    items.link(user_id, usualBank(user_id));
    items.setLoginRequired(user_id, null, disconnected);
  }
  return {
    users: createUsers(demoUsers, clock, injectedTraits),
    items,
    reports: createReports(reports),
    productReports: createProductReports(reports),
    monitoring: createMonitoring(demoUsers.map(({ user_id }) => user_id)),
    servicing: createServicing(),
    loans: createLoans(),
    linkTokens: createLinkTokens(),
    oauth: createOAuth(),
  };
}

/** Removes a user and all that belongs to it. */
export function removeUser(state: State, user: User): void {
  state.users.remove(user);
  state.items.forget(user.userId);
  state.reports.forget(user.userId);
  state.productReports.forget(user.userId);
  state.loans.forget(user.userId);
  endSubscriptions(state, user);
}

/** Ends the user's subscriptions. */
export function endSubscriptions(state: State, { userId }: User): void {
  state.monitoring.forget(userId);
  state.servicing.forget(userId);
}
