import type { INode, INodeParameters } from 'n8n-workflow';
import { listen, type Listener, type ListenOptions, type RunResult } from '../../../engine/index';
import { credentialFor, type Account } from './runPlaidCheck';

export const TRIGGER = 'When Plaid Calls';

/** The trigger node alone. */
export const triggerNode = (parameters: INodeParameters = {}): INode => ({
  id: 'trigger',
  name: TRIGGER,
  type: 'n8n-nodes-plaid-check.plaidCheckTrigger',
  typeVersion: 1,
  position: [0, 0],
  parameters,
  credentials: { plaidCheckApi: { id: 'any', name: 'Keys' } },
});

/** What came of one webhook that was sent. */
export interface Sent {
  status: number;
  text: string;
}

/** A trigger that waits for webhooks, and ways to send it some. */
export interface TriggerListener extends Listener {
  /** Sends a webhook as it is; with no header where it is undefined. */
  post(
    body: string | Buffer,
    verification: string | undefined,
    contentType?: string,
  ): Promise<Sent>;
  /** The items of every execution so far, once all have ended; each of them has to have succeeded. */
  items(): Promise<Record<string, unknown>[]>;
  /** What n8n has logged above level debug: level and message. */
  warnings(): string[];
}

export async function listenTrigger(
  account: Account,
  parameters: INodeParameters = {},
  options: Partial<ListenOptions> = {},
): Promise<TriggerListener> {
  const listener = await listen({
    workflow: { nodes: [triggerNode(parameters)], connections: {} },
    credentials: { plaidCheckApi: credentialFor(account) },
    ...options,
  });
  return {
    ...listener,
    post: (body, verification, contentType = 'application/json') =>
      post(listener.url, body, {
        'content-type': contentType,
        ...(verification !== undefined && { 'plaid-verification': verification }),
      }),
    async items() {
      const runs = await Promise.all(listener.executions);
      return runs.flatMap(itemsOf);
    },
    warnings: () =>
      listener.log
        .map((line) => JSON.parse(line) as { level: string; message: string })
        .filter(({ level }) => level !== 'debug')
        .map(({ level, message }) => `${level}: ${message}`),
  };
}

function itemsOf({ status, error, nodes }: RunResult): Record<string, unknown>[] {
  if (status !== 'success') throw new Error(`An execution ended as ${status}: ${error?.message}`);
  const [items = []] = nodes[TRIGGER]?.[0]?.outputs ?? [];
  return items.map(({ json }) => json);
}

export async function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string>,
  init: RequestInit = {},
): Promise<Sent> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
    ...init,
  });
  return { status: response.status, text: await response.text() };
}
