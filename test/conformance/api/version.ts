/** Whether a version has a larger number; a prerelease counts as its release. */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('-')[0]?.split('.').map(Number));
  const first = one?.findIndex((number, index) => number !== other?.[index]) ?? -1;
  return first >= 0 && (one?.[first] ?? 0) > (other?.[first] ?? 0);
}
