import { factoryPort, type SimConfig, type SimPortConfig } from '../model/config.ts';
import { set, type Target } from './target.ts';

/** The first member makes the LAG, which begins with the member's settings. True: it did. */
export function joinLag(config: SimConfig, target: Target, lag: string, factory?: SimPortConfig['mode']): boolean {
  const fresh = !config.ports[lag];
  const { routed, mode, accessVlan, nativeVlan, allowed } = structuredClone(target.own);
  config.ports[lag] ??= { ...factoryPort(factory), routed, mode, accessVlan, nativeVlan, allowed };
  set(target, { lag });
  return fresh;
}

/** Its members stay as they were configured; `words` begin the lines that make them members. */
export function removeLag(config: SimConfig, name: string, words: string): void {
  delete config.ports[name];
  for (const port of Object.values(config.ports)) {
    if (port.lag !== name) continue;
    port.lag = null;
    port.extra = port.extra.filter((row) => !row.startsWith(`${words} `));
  }
}
