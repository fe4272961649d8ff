import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { RunOptions } from '../../../engine';
import { runPlaidCheck, type PlaidCheckRun } from './runPlaidCheck';

/** A credential as the editor saves it with the environment Demo. */
export const DEMO_CREDENTIAL = { environment: 'demo' };

/** Runs one Plaid Check node with a credential of the environment Demo. */
export const runDemo = (
  parameters: INodeParameters,
  items: ReadonlyArray<INodeExecutionData['json']> = [{}],
  settings: Partial<INode> = {},
  options: Partial<RunOptions> = {},
): Promise<PlaidCheckRun> =>
  runPlaidCheck({ url: '' }, parameters, items, settings, {
    credentials: { plaidCheckApi: DEMO_CREDENTIAL },
    ...options,
  });
