import type { INode } from 'n8n-workflow';

import type { Case } from './cases';

/** A contender's job: one request for each user, with the responses in the order of the users. */
export interface Job extends Case {
  /** Of the local server, without a slash at the end */
  url: string;
  users: readonly string[];
}

/** Runs a job and returns the result for each user: Plaid's response, or anything else for a failure. */
export type Contender = (job: Job) => Promise<readonly unknown[]>;

/** A node for a job, whose users are its input items. */
export type NodeOfJob = (
  job: Omit<Job, 'users'>,
) => Pick<INode, 'type' | 'typeVersion' | 'parameters'>;
