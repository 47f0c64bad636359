import type { SimPortConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';
import { interfaceOrder } from './running-config.ts';

/** An interface as the show commands tell of it. */
export interface PortView {
  name: string;
  short: string;
  config: SimPortConfig;
  /** Link and administrator agree; of a port channel: on one member at least. */
  up: boolean;
  trunking: boolean;
  /** Ports that are members of it. */
  members: string[];
}

/** Ports in the order of IOS: physical ones first, port channels behind. */
export function portViews(model: SwitchModel): PortView[] {
  const names = interfaceOrder(model.running);
  const physical = names.filter((name) => model.portIds.includes(name));
  return [...physical, ...names.filter((name) => !physical.includes(name))].map((name) => portView(model, name));
}

function portView(model: SwitchModel, name: string): PortView {
  const members = model.portIds.filter((id) => model.port(id).lag === name);
  const live = (model.portIds.includes(name) ? [name] : members).map((id) => model.port(id)).filter((it) => it.operUp);
  return {
    name,
    short: shortName(name),
    config: model.running.ports[name]!,
    up: live.length > 0,
    trunking: live[0]?.mode === 'trunk',
    members,
  };
}
