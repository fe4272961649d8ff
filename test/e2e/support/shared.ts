import type { Page } from 'playwright-core';
import type { Editor } from '../../../launcher/index';

/**
 * What the whole run shares. jest gives each test file a global object of its own; the environment
 * (environment.ts) hands this one over from the process that all of them run in.
 */
export interface Shared {
  editor?: Editor;
  /** Removes the editor's data. */
  cleanUp?(): Promise<void>;
  /** What a failed test leaves a screenshot of. */
  page?: Page;
}

const KEY = Symbol.for('plaid-check.e2e');

type WithShared = typeof globalThis & { [KEY]?: Shared };

/** The shared state of this global object, or of another one. */
export function shared(realm: typeof globalThis = globalThis): Shared {
  const holder = realm as WithShared;
  holder[KEY] ??= {};
  return holder[KEY];
}

/** Lets another global object see the shared state of this one. */
export function shareWith(realm: typeof globalThis): void {
  (realm as WithShared)[KEY] = shared();
}

/** The running editor. */
export function editor(): Editor {
  const running = shared().editor;
  if (!running) throw new Error('No editor is running: run these tests with npm run test:e2e');
  return running;
}
