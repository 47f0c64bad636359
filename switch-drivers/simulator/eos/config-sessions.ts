import type { SimConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';

/** `service configuration session max pending` of a device that was not told otherwise. */
const MAX_PENDING = 5;

interface ConfigSession {
  state: 'pending' | 'pendingCommitTimer' | 'completed';
  /** Running configuration at the time the session began. */
  base: SimConfig;
  candidate: SimConfig;
  /** Running configuration before a timed commit. */
  before: SimConfig | null;
  timer: NodeJS.Timeout | null;
  /** Terminals that have the session open. */
  instances: Set<object>;
}

/** The configuration sessions of one device: candidates that are committed as a whole. */
export class ConfigSessionStore {
  #model: SwitchModel;
  #sessions = new Map<string, ConfigSession>();

  constructor(model: SwitchModel) {
    this.#model = model;
  }

  /** Opens a session, or goes on with a pending one. */
  enter(name: string, terminal: object): SimConfig | { error: string } {
    const existing = this.#sessions.get(name);
    if (existing?.state === 'pending') {
      existing.instances.add(terminal);
      return existing.candidate;
    }
    if (existing?.state === 'pendingCommitTimer') return { error: `% Session ${name} is pending commit timer` };
    if ([...this.#sessions.values()].filter(({ state }) => state === 'pending').length >= MAX_PENDING) {
      return {
        error: '% Maximum number of pending sessions has been reached. Please commit or abort previous sessions',
      };
    }
    const base = structuredClone(this.#model.running) as SimConfig;
    const session: ConfigSession = {
      state: 'pending',
      base,
      candidate: structuredClone(base),
      before: null,
      timer: null,
      instances: new Set([terminal]),
    };
    this.#sessions.set(name, session);
    return session.candidate;
  }

  leave(name: string, terminal: object): void {
    this.#sessions.get(name)?.instances.delete(terminal);
  }

  /** Puts the candidate in force; with seconds, only until they are over, unless it is committed again. */
  commit(name: string, seconds: number | null): string {
    const session = this.#sessions.get(name);
    if (!session || session.state === 'completed') return `% Session ${name} does not exist`;
    if (session.state === 'pendingCommitTimer') {
      this.#finish(session);
      return '';
    }
    session.before = structuredClone(this.#model.running) as SimConfig;
    this.#model.change(`commit ${name}`, (running) => merge(running, session));
    session.instances.clear();
    if (seconds === null) {
      this.#finish(session);
    } else {
      session.state = 'pendingCommitTimer';
      session.timer = setTimeout(() => this.abort(name), seconds * 1000);
      session.timer.unref();
    }
    return '';
  }

  /** Drops a candidate, or goes back to before a timed commit. */
  abort(name: string): string {
    const session = this.#sessions.get(name);
    if (!session || session.state === 'completed') return `% Session ${name} does not exist`;
    const { before } = session;
    if (session.state === 'pendingCommitTimer' && before) {
      this.#model.change(`abort ${name}`, (running) => Object.assign(running, structuredClone(before)));
    }
    this.#finish(session);
    this.#sessions.delete(name);
    return '';
  }

  /** All sessions are gone after a reboot. */
  clear(): void {
    for (const { timer } of this.#sessions.values()) if (timer) clearTimeout(timer);
    this.#sessions.clear();
  }

  listing(): unknown {
    return {
      sessions: Object.fromEntries(
        [...this.#sessions].map(([name, { state, instances }]) => [
          name,
          {
            state,
            commitUser: '',
            description: '',
            instances: Object.fromEntries(
              [...instances].map((_, index) => [
                String(1000 + index),
                { user: 'admin', terminal: `vty${index}`, currentTerminal: false },
              ]),
            ),
          },
        ]),
      ),
      maxSavedSessions: 1,
      maxOpenSessions: MAX_PENDING,
    };
  }

  #finish(session: ConfigSession): void {
    if (session.timer) clearTimeout(session.timer);
    session.timer = null;
    session.before = null;
    session.state = 'completed';
    session.instances.clear();
  }
}

/** Takes over what the session changed; what others changed meanwhile elsewhere stays. */
function merge(running: SimConfig, { base, candidate }: ConfigSession): void {
  if (candidate.hostname !== base.hostname) running.hostname = candidate.hostname;
  mergeTable(running.vlans, base.vlans, candidate.vlans);
  mergeTable(running.ports, base.ports, candidate.ports);
}

function mergeTable<T>(running: Record<string, T>, base: Record<string, T>, candidate: Record<string, T>): void {
  for (const key of new Set([...Object.keys(base), ...Object.keys(candidate)])) {
    if (JSON.stringify(base[key]) === JSON.stringify(candidate[key])) continue;
    if (candidate[key] === undefined) delete running[key];
    else running[key] = structuredClone(candidate[key]);
  }
}
