import type { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import type { INode } from 'n8n-workflow';

import { editorContext } from '../../engine/editorContext';
import { captureLog } from '../../engine/log';
import type { Contender } from '../job';
import { HEADERS, PATH, PURPOSE } from '../request';
import { sendConcurrently } from './sendConcurrently';

const NODE: INode = {
  id: 'node',
  name: 'Node',
  type: 'n8n-nodes-plaid-check.plaidCheck',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/**
 * n8n's request helper alone, which every node has to use, at this node's pace: no items, no parameters, no
 * validation, no credential, no output. Its time is the lower bound for a node.
 */
export const requestHelper: Contender = async (job) => {
  const { helpers } = await captureLog([], () => editorContext(NODE, {}));
  return sendConcurrently(job, async (user_id) =>
    json(
      (await helpers.httpRequest({
        method: 'POST',
        url: `${job.url}${PATH}`,
        headers: HEADERS,
        body: JSON.stringify({ user_id, consumer_report_permissible_purpose: PURPOSE }),
        encoding: 'stream',
      })) as Readable,
    ),
  );
};
