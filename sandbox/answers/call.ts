import type { Oracle } from '../oracle';
import type { Report } from '../state/reports';
import type { User } from '../state/users';
import type { SandboxContext } from '../context';

/** One call that passed every check, as an answer sees it. */
export interface Call<Body = Readonly<Record<string, unknown>>> extends SandboxContext {
  readonly path: string;
  readonly body: Body;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly requestId: string;
  /** The client whose keys the call came with. */
  readonly clientId: string;
  /** Whom the body names. Throws USER_NOT_FOUND; only for calls about a user. */
  user(): User;
  /** The user's readable report. Throws PRODUCT_NOT_READY and its kin. */
  report(): Report;
  readonly oracle: Pick<Oracle, 'endpoints' | 'definitions'>;
}

/** Gives the JSON of the answer, or the bytes of a PDF. */
export type Answer = (call: Call) => object;
