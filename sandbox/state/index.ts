import type { DemoUser } from '../demo-users';
import { createMonitoring, type Monitoring } from './monitoring';
import { createReports, type Reports } from './reports';
import { createUsers, type User, type Users } from './users';

/** Everything a sandbox remembers. */
export interface State {
  readonly users: Users;
  readonly reports: Reports;
  readonly monitoring: Monitoring;
}

/** The state a sandbox starts with, and returns to on reset. `now` in ms since the epoch. */
export function createState(
  demoUsers: readonly DemoUser[],
  readyAfterMs: number,
  now: number,
): State {
  return {
    users: createUsers(demoUsers, now),
    reports: createReports(readyAfterMs),
    monitoring: createMonitoring(demoUsers.map(({ user_id }) => user_id)),
  };
}

/** Removes a user and all that belongs to it. */
export function removeUser(state: State, user: User): void {
  state.users.remove(user);
  state.reports.forget(user.userId);
  state.monitoring.forget(user.userId);
}
