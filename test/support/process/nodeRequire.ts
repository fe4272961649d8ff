import { runInThisContext } from 'node:vm';
import type * as Tsx from 'tsx/cjs/api' with { 'resolution-mode': 'require' };

/** Node's own `process`: jest replaces `require` and `process`, but not the globals of Node's main realm. */
export const nodeProcess = runInThisContext('process') as typeof process;

/**
 * Node's own `require`, past jest's: a large package is loaded once for all test files of a process, and its code does not
 * pay for jest's sandbox. What it returns has the prototypes of Node's main realm.
 */
export const nodeRequire = nodeProcess.getBuiltinModule('node:module').createRequire(__filename);

/** The same for TypeScript. */
export function nodeRequireSource(file: string): unknown {
  const unregister = (nodeRequire('tsx/cjs/api') as typeof Tsx).register();
  try {
    return nodeRequire(file);
  } finally {
    unregister();
  }
}
