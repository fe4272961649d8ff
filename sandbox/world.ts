import type { State } from './state';
import type { Schedule } from './state/schedule';
import type { Webhooks } from './webhooks';

/** What there is beside one call: what is remembered, what is to come, and the way out. */
export interface World {
  readonly state: State;
  readonly schedule: Schedule;
  readonly webhooks: Webhooks;
  /** ms since the epoch, by the sandbox's clock. */
  readonly now: number;
  /** The sandbox's own address. */
  readonly baseUrl: string;
}
