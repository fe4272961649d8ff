import { join } from 'node:path';

export const PROJECT = join(__dirname, '..');

/** The pinned n8n: package.json, lock file and npm's settings. */
export const PINNED = join(__dirname, 'n8n');

/** Everything the editor keeps; ignored by git, and safe to delete. */
export const KEPT = join(PROJECT, '.editor');

/** Where n8n is installed, shared by every editor of this project. */
export const INSTALLED = join(KEPT, 'n8n');

/** Data of the editor that `npm start` opens (n8n's `N8N_USER_FOLDER`). */
export const HOME = join(KEPT, 'home');
