import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import type { LifecycleDeps } from './deps.ts';
import { deployImageOf } from './instance.ts';
import { findNode } from './node-record.ts';

type Verdict = { result: boolean | null; reason?: string };

/** One verdict an Ironic interface; null = this controller has no such interface. */
export async function validateNode(deps: LifecycleDeps, uuid: string): Promise<Record<string, Verdict>> {
  const node = await findNode(deps.store.db, uuid);
  const ports = await deps.store.db.selectFrom('port').selectAll().where('node_uuid', '=', uuid).execute();
  const roles = await deps.store.db.selectFrom('network').select('role').where('role', 'is not', null).execute();
  const bmc = verdict(() => {
    deps.openBmc(node);
  });
  const absent = (name: string): Verdict => ({
    result: null,
    reason: `not supported: this controller has no ${name} interface`,
  });
  return {
    boot: bmc.result === true && ports.length === 0 ? NO_NIC : bmc,
    deploy: verdict(() => {
      deployImageOf(node);
    }),
    inspect: { result: true },
    management: bmc,
    network: verdict(() => {
      const missing = ['provisioning', 'cleaning', 'idle'].filter((role) => !roles.some((row) => row.role === role));
      if (missing.length > 0)
        throw invalid(`no network has the role ${missing.join(', ')}; create it with switchyard network create`);
      const wrong = ports.find((port) => port.contradiction !== null);
      if (wrong) throw invalid(`NIC ${wrong.address}: ${wrong.contradiction}`);
      if (ports.length > 0 && ports.every((port) => port.switch_id === null)) {
        throw invalid('no NIC of this node is mapped to a switch port; inspect the node');
      }
    }),
    power: bmc,
    storage: { result: true },
    bios: absent('bios'),
    console: absent('console'),
    firmware: absent('firmware'),
    raid: absent('raid'),
    rescue: absent('rescue'),
  };
}

/** Ironic's PXE boot wants a MAC address, too. */
const NO_NIC: Verdict = { result: false, reason: 'no NIC of this node is known: inspect it, or create its ports' };

function invalid(message: string): FabricError {
  return new FabricError('node_invalid', message);
}

function verdict(check: () => void): Verdict {
  try {
    check();
    return { result: true };
  } catch (error) {
    return { result: false, reason: messageOf(error) };
  }
}
