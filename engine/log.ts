import './environment';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Writable } from 'node:stream';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

const current = new AsyncLocalStorage<string[]>();

/** Where winston, n8n's logger, puts the finished line: JSON with level, message and details. */
const LINE = Symbol.for('message');

const sink = new Writable({
  objectMode: true,
  write(entry: Record<symbol, unknown>, _encoding, done) {
    current.getStore()?.push(String(entry[LINE]));
    done();
  },
});

Container.get(Logger).getInternalLogger().pipe(sink);

/**
 * Runs `action` and adds every line n8n's own logger writes meanwhile to `lines`: JSON, level debug
 * and up. Concurrent actions each get their own lines.
 */
export function captureLog<T>(lines: string[], action: () => Promise<T>): Promise<T> {
  return current.run(lines, action);
}
