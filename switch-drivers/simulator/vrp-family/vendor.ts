import type { InterfaceNames } from '../cli/interface-names.ts';
import type { Row, Target } from '../cli/target.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';

/** In what the vendors of the family differ. */
export interface Vendor {
  names: InterfaceNames;
  /** Words of an access port's VLAN, and of a trunk's list. */
  access: string;
  list: string;
  undoPvid: string;
  /** Link type of a port out of the box, which the configuration does not show. */
  factoryMode: SimPortConfig['mode'];
  /** Interfaces of several links. */
  lag: string;
  nameLength: number;
  /** Must the PVID of a trunk exist? That of an access port always must. */
  pvidExists: boolean;
  /** The device's words. */
  says: {
    enter: string;
    /** Before the reason why a line cannot be parsed. */
    mark: string;
    locked(user: string): string | null;
    noVlan: string;
    wrongType: string;
    tooMany: string;
    /** After a list was taken. */
    listTaken: string;
  };
  /** Why the link type may not change now; null: it may. */
  keepsType(own: SimPortConfig, type: string): string | null;
  /** What else a port's block and the system view know. */
  portCommands(target: Target, config: SimConfig): Row[];
  systemCommands(config: SimConfig): Row[];
  pagingOff: string;
  configText(config: Readonly<SimConfig>): string;
}
