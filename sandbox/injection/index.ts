import { TRAITS } from '../traits';
import type { InjectedTraits } from '../state/users';
import type { Sender } from '../webhooks/delivery';
import { createBucket } from './bucket';
import { chances, createOccurrences } from './chance';
import { isMeant, type Fault, type FaultPlan } from './plan';
import { withFaults } from './webhooks';

export { FAULT_KINDS } from './plan';
export type {
  Fault,
  FaultKind,
  FaultPlan,
  FaultRule,
  FileRule,
  RateLimit,
  ReportRule,
  WebhookRule,
} from './plan';
export { answerWith, failWith } from './deliver';
export { isCarriedOut, type Reply } from './kinds';

/** The faults of a sandbox; can be set while it runs. */
export interface Faults {
  /** Applies from now on; resets the counts. Throws on a trait that does not exist. */
  set(plan: FaultPlan): void;
  /** Removes all faults. */
  clear(): void;
  /** How many requests and webhooks were struck, by fault, since the plan was set. */
  readonly struck: Readonly<Record<string, number>>;
}

/** The same as the server uses it. */
export interface Injection extends Faults {
  /** The fault that a request is struck by, which counts as having come. */
  strike(path: string, bodyText: string): Fault | null;
  webhooks<S extends Sender>(sender: S): S;
  /** The error code of a user's report, or of a product of it. */
  reportFault(userId: string, product?: string): string | null;
  readonly traitsOf: InjectedTraits;
  /** Restarts the same plan. */
  restart(): void;
}

export function createInjection(first: FaultPlan = {}): Injection {
  let plan = first;
  let counters = start();

  function start() {
    const { limit } = plan;
    return {
      bucket: limit && createBucket(limit),
      came: createOccurrences(),
      struck: {} as Record<string, number>,
    };
  }
  const count = (name: string) => {
    counters.struck[name] = (counters.struck[name] ?? 0) + 1;
  };

  function overLimit(path: string): Fault | null {
    const { limit } = plan;
    if (!limit || !isMeant(limit.path, path)) return null;
    const waitMs = counters.bucket?.take() ?? 0;
    if (waitMs === 0) return null;
    const retryAfter = limit.retryAfter ? Math.ceil(waitMs / 1000) : undefined;
    return { kind: 'rate_limited', ...(retryAfter !== undefined && { retryAfter }) };
  }

  function byRule(path: string, bodyText: string): Fault | null {
    // Only requests within the limit count as having come: which ones are over it is a matter of time.
    const nth = counters.came.next(path, bodyText);
    for (const [index, rule] of (plan.rules ?? []).entries()) {
      const { faults, about = '', share = 1, times = Infinity } = rule;
      if (!isMeant(rule.path, path) || !bodyText.includes(about) || nth > times) continue;
      const [struck, which] = chances(plan.seed ?? 0, index, path, bodyText, nth);
      if (struck < share) return faults[Math.floor(which * faults.length)] ?? null;
    }
    return null;
  }

  return {
    set(next) {
      checkTraits(next);
      plan = next;
      counters = start();
    },
    clear() {
      plan = {};
      counters = start();
    },
    restart: () => void (counters = start()),
    get struck() {
      return counters.struck;
    },
    strike(path, bodyText) {
      const fault = overLimit(path) ?? byRule(path, bodyText);
      if (fault) count(fault.kind);
      return fault;
    },
    webhooks: (sender) => withFaults(sender, () => plan, count),
    reportFault(userId, product) {
      const rule = plan.reports?.find(
        ({ user, product: meant }) =>
          (user ?? userId) === userId &&
          (product ? meant === '*' || meant === product : meant === undefined),
      );
      if (rule) count(rule.code);
      return rule?.code ?? null;
    },
    traitsOf: ({ userId, clientUserId }) =>
      (plan.files ?? [])
        .filter(({ about }) => about === undefined || [userId, clientUserId].includes(about))
        .flatMap(({ traits }) => traits),
  };
}

function checkTraits({ files = [] }: FaultPlan): void {
  const unknown = files.flatMap(({ traits }) => traits).find((trait) => !TRAITS.includes(trait));
  if (unknown) throw new Error(`no trait "${unknown}"; the traits are ${TRAITS.join(', ')}`);
}
