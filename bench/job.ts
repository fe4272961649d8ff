import type { Case } from './cases';

/** What a contender has to do: one request for each user, all answers kept in the order of the users. */
export interface Job extends Case {
  /** Of the local server, without a slash at the end */
  url: string;
  users: readonly string[];
}

/** Does a job and gives what came of each user: Plaid's answer, or anything else for a failure. */
export type Contender = (job: Job) => Promise<readonly unknown[]>;
