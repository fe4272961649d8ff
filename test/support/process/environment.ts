import { nodeProcess } from './nodeRequire';

/** A variable that is undefined is taken out. */
export type Variables = Record<string, string | undefined>;

/**
 * Changes the environment that n8n and Node itself see; jest gives the tests a copy.
 * @returns how to put it back
 */
export function setEnvironment(variables: Variables): () => void {
  const { env } = nodeProcess;
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, env[name]]));
  const set = (to: Variables) => {
    for (const [name, value] of Object.entries(to)) {
      if (value === undefined) Reflect.deleteProperty(env, name);
      else env[name] = value;
    }
  };
  set(variables);
  return () => set(before);
}

/** Has Node take any certificate. */
export const trustAnyone = () => setEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });

/** Has n8n send what goes over https through a proxy, this machine's own addresses included; the lower case counts first. */
export const useProxy = (url: string) =>
  setEnvironment({ https_proxy: url, no_proxy: undefined, NO_PROXY: undefined });
