/** A problem that the user can fix. The message says how, so no stack trace is shown. */
export class EditorProblem extends Error {}

/** How npm, Node and SQLite say that the disk is full. */
export const DISK_FULL = /ENOSPC|no space left on device|SQLITE_FULL|database or disk is full/i;

/** What npm, Node and n8n print for causes outside this project, and the fix. */
const CAUSES: readonly (readonly [sign: RegExp, advice: string])[] = [
  [
    DISK_FULL,
    'The disk is full. The editor needs about 3 GB. Free some space and run the command again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request to .* failed/,
    "The package registry cannot be reached. Check the network connection (and npm's proxy settings, if there is a proxy), then run the command again.",
  ],
  [
    /\bE401\b|\bE403\b|\bE407\b/,
    "The package registry or a proxy denied access. Check npm's settings (npm config list), then run the command again.",
  ],
  [
    /\bE404\b|\bETARGET\b/,
    'The package registry that npm uses lacks a package that n8n needs. Try another registry (npm config set registry …).',
  ],
  [
    /EACCES|EPERM|EROFS/,
    "A file cannot be written. Check who owns the project's folder and npm's cache.",
  ],
  [
    /gyp ERR!|not found: make|No prebuilt binaries/i,
    'The SQLite addon could not be compiled. Install Python 3, make and a C++ compiler (on Debian: apt-get install python3 make g++), then run the command again.',
  ],
];

/**
 * The problem that a command's output shows, with the fix; the end of the output if the cause is unknown.
 * @param what failed, such as "Installing n8n"
 * @param logFile has the full output
 */
export function problemIn(what: string, output: string, logFile: string): EditorProblem {
  const advice = CAUSES.find(([sign]) => sign.test(output))?.[1];
  const ending = output.trim().split('\n').slice(-8).join('\n');
  return new EditorProblem(
    `${what} failed. ${advice ?? `The end of its output:\n\n${ending}\n`}\nFull output: ${logFile}`,
  );
}
