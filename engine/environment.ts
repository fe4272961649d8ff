/**
 * Prepares the process for n8n-core; every other file here imports it first.
 *
 * n8n reads its settings from the environment the moment it is loaded, and its services need the
 * decorator metadata of `reflect-metadata`.
 */
import 'reflect-metadata';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands in for `~`: a real n8n on this machine, its key and its data stay untouched. */
export const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));

Object.assign(process.env, {
  N8N_USER_FOLDER: userFolder,
  // Everything n8n logs goes to the run's result (see log.ts), nothing to the console.
  N8N_LOG_LEVEL: 'debug',
  N8N_LOG_OUTPUT: '',
  // Nodes that read and write files find nothing else of this machine.
  N8N_RESTRICT_FILE_ACCESS_TO: realpathSync(tmpdir()),
});
