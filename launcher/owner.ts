import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EditorProblem } from './problem';

/** The account that is made at the first start. */
export interface Owner {
  email: string;
  password: string;
}

/** Only its owner may read a file that holds a key. */
const PRIVATE = 0o600;

/**
 * The owner of an editor, with a random password for each folder: every program and every page in a browser on this
 * machine can reach n8n.
 * @param home n8n's `N8N_USER_FOLDER`, where the password is kept
 * @throws EditorProblem when the file that keeps it is damaged
 */
export async function readyOwner(home: string): Promise<Owner> {
  const file = join(home, 'owner.json');
  // n8n wants a digit and a capital letter.
  const password = `${randomBytes(18).toString('base64url')}A1`;
  const owner: Owner = { email: 'owner@example.com', password };
  try {
    await writeFile(file, JSON.stringify(owner, null, 2), { mode: PRIVATE, flag: 'wx' });
    return owner;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await chmod(file, PRIVATE);
  return parsed(await readFile(file, 'utf8'), file);
}

function parsed(text: string, file: string): Owner {
  try {
    const { email, password } = JSON.parse(text) as Partial<Owner>;
    if (typeof email === 'string' && typeof password === 'string') return { email, password };
  } catch {
    // The same problem as a file without a password.
  }
  throw new EditorProblem(
    `${file} does not hold the editor's email and password. Correct it, or delete the folder ${join(file, '..')} to start over.`,
  );
}
