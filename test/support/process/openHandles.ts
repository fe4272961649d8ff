import { runInThisContext } from 'node:vm';

/** How many timers and connections keep this process alive now; jest has a `process` of its own. */
export function openHandles(): number {
  const { getActiveResourcesInfo } = runInThisContext('process') as typeof process;
  return getActiveResourcesInfo().filter((what) => what === 'Timeout' || what === 'TCPSocketWrap')
    .length;
}
