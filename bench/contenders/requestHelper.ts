import type { IDataObject, INode } from 'n8n-workflow';

import { editorContext } from '../../engine/editorContext';
import { captureLog } from '../../engine/log';
import { HEADERS, PATH, PURPOSE, type Contender } from '.';
import { sideBySide } from './sideBySide';

const NODE: INode = {
  id: 'node',
  name: 'Node',
  type: 'n8n-nodes-plaid-check.plaidCheck',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/**
 * n8n's request helper by itself, which every node has to send its requests with: no items, no parameters, no check,
 * no credential, no output. What it takes, no node can stay below.
 */
export const requestHelper: Contender = async (job) => {
  const { helpers } = await captureLog([], () => editorContext(NODE, {}));
  return sideBySide(
    job,
    async (user_id) =>
      (await helpers.httpRequest({
        method: 'POST',
        url: `${job.url}${PATH}`,
        headers: HEADERS,
        body: { user_id, consumer_report_permissible_purpose: PURPOSE },
      })) as IDataObject,
  );
};
