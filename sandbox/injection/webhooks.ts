import type { Sender } from '../webhooks/delivery';
import { chances } from './chance';
import type { FaultPlan, WebhookRule } from './plan';

/** A sender that loses webhooks, or sends them twice, as the plan of the moment says. */
export function withFaults<S extends Sender>(
  sender: S,
  plan: () => FaultPlan,
  count: (name: string) => void,
): S {
  const faultOf = (body: object): WebhookRule['fault'] | undefined => {
    const { seed = 0, webhooks = [] } = plan();
    const { webhook_code } = body as { webhook_code?: unknown };
    return webhooks.find(({ code, share = 1 }, index) => {
      const [struck] = chances(seed, index, JSON.stringify(body));
      return (code === undefined || code === webhook_code) && struck < share;
    })?.fault;
  };
  return {
    ...sender,
    async send(url, body) {
      const fault = faultOf(body);
      if (fault) count(`webhook_${fault}`);
      if (fault === 'lost') return { delivered: false, attempts: [] };
      if (fault === 'twice') void sender.send(url, body);
      return await sender.send(url, body);
    },
  };
}
