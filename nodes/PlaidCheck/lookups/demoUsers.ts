import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { DEMO } from '../../../credentials/plaidApi';

/**
 * Lists what each user of the demo has, with the user's ID first. Plaid lists no users, so that with any other credential there
 * is nothing to list.
 * @param listOf gives what a user has
 */
export async function listForDemoUsers(
  context: ILoadOptionsFunctions,
  listOf: (userId: string) => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
  const { environment } = await context.getCredentials('plaidCheckApi');
  if (environment !== DEMO) return [];
  // Loaded on first use: nobody else needs it.
  const { DEMO_PERSONAS } = await import('../demo/personas.js');
  const lists = await Promise.all(
    DEMO_PERSONAS.map(async ({ user_id }) =>
      (await listOf(user_id)).map(({ name, value }) => ({ name: `${user_id}: ${name}`, value })),
    ),
  );
  return lists.flat();
}
