import type { Driver } from '../../switch-drivers/contract/driver.ts';
import type { FabricAdmin } from '../api/fabric/admin.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import type { Store } from '../store/store.ts';
import { addNetwork, removeNetwork } from './networks.ts';
import { previewSwitch } from './preview.ts';
import type { Sessions, SessionTimes } from './sessions.ts';
import { addSwitch, macsOf, neighborsOf, refreshSwitch, removeSwitch } from './switches.ts';

export type FabricAdministration = FabricAdmin;

export interface AdminDeps {
  store: Store;
  secrets: Secrets;
  openDriver(platform: string): Promise<Driver>;
  log: Log;
  sessions: Sessions;
  times: SessionTimes;
}

/** What API and command line administer the fabric with. */
export function createAdmin(deps: AdminDeps): FabricAdministration {
  return {
    addSwitch: (input, by) => addSwitch(deps, input, by),
    removeSwitch: (id, by) => removeSwitch(deps, id, by),
    refreshSwitch: (id, by) => refreshSwitch(deps, id, by),
    neighbors: (id) => neighborsOf(deps, id),
    macs: (id) => macsOf(deps, id),
    preview: (id) => previewSwitch(deps, id),
    addNetwork: (input, by) => addNetwork(deps.store, input, by),
    removeNetwork: (id, by) => removeNetwork(deps.store, id, by),
  };
}
