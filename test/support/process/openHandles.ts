import { nodeProcess } from './nodeRequire';

/** How many timers and connections keep this process alive now; jest has a `process` of its own. */
export function openHandles(): number {
  return nodeProcess
    .getActiveResourcesInfo()
    .filter((what) => what === 'Timeout' || what === 'TCPSocketWrap').length;
}
