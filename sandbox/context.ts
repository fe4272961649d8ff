import type { State } from './state';
import type { Schedule } from './state/schedule';
import type { Webhooks } from './webhooks';

/** What a call is answered from besides itself: the state, scheduled work and webhooks. */
export interface SandboxContext {
  readonly state: State;
  readonly schedule: Pick<Schedule, 'at'>;
  readonly webhooks: {
    send(url: string, body: object): Promise<unknown>;
    readonly keys: Pick<Webhooks['keys'], 'find'>;
  };
  /** The error code with which a user's report is refused, or one of its products fails, by an injected fault. */
  readonly reportFault: (userId: string, product?: string) => string | null;
  /** ms since the epoch, by the sandbox's clock. */
  readonly now: number;
  /** The sandbox's own address. */
  readonly baseUrl: string;
  /** Whether the account is enabled for Hosted Link. */
  readonly hostedLink: boolean;
}
