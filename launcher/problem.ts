/** Something the reader can put right: its message is all they need, so it is shown without a stack trace. */
export class EditorProblem extends Error {}

/** How npm, Node and SQLite say that the disk is full. */
export const DISK_FULL = /ENOSPC|no space left on device|SQLITE_FULL|database or disk is full/i;

/** What npm, Node and n8n write when a cause outside of the project stopped them, and what to do about it. */
const CAUSES: readonly (readonly [sign: RegExp, advice: string])[] = [
  [
    DISK_FULL,
    'The disk is full. The editor needs about 3 GB; make room and run the command again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request to .* failed/,
    "The package registry cannot be reached. Check the network connection (and npm's proxy settings, if there is a proxy), then run the command again.",
  ],
  [
    /\bE401\b|\bE403\b|\bE407\b/,
    "The package registry or a proxy refused access. Check npm's settings (npm config list), then run the command again.",
  ],
  [
    /\bE404\b|\bETARGET\b/,
    'The package registry npm is set to use lacks a package that n8n needs. Try another registry (npm config set registry …).',
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
 * The problem behind a command's output, told in a sentence or two; the last lines of the output
 * itself when it shows no cause that is known here.
 * @param what failed, such as "Installing n8n"
 * @param logFile where the whole output lies
 */
export function problemIn(what: string, output: string, logFile: string): EditorProblem {
  const advice = CAUSES.find(([sign]) => sign.test(output))?.[1];
  const ending = output.trim().split('\n').slice(-8).join('\n');
  return new EditorProblem(
    `${what} failed. ${advice ?? `Its last words:\n\n${ending}\n`}\nAll of its output: ${logFile}`,
  );
}
