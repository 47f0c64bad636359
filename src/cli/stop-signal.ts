/** A signal within this time of the first is the same request: a launcher and its process group both got it. */
const ECHO_MS = 1000;

/** Resolves with the first of these signals. A second one, later, ends the process at once, after `onSecond`. */
export function until(
  signals: readonly NodeJS.Signals[],
  onSecond: (signal: NodeJS.Signals) => void,
): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | null = null;
    for (const signal of signals) {
      process.on(signal, () => {
        if (first === null) {
          first = Date.now();
          resolve(signal);
        } else if (Date.now() - first > ECHO_MS) {
          onSecond(signal);
          process.exit(signal === 'SIGINT' ? 130 : 143);
        }
      });
    }
  });
}
