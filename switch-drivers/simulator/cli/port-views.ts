import type { SimPortConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { naturalSort } from './sort.ts';

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

/** Physical ports first, port channels behind. */
export function portViews(model: SwitchModel, short: (name: string) => string): PortView[] {
  const names = Object.keys(model.running.ports).sort(naturalSort);
  const physical = names.filter((name) => model.portIds.includes(name));
  return [...physical, ...names.filter((name) => !physical.includes(name))].map((name) => {
    const members = model.portIds.filter((id) => model.port(id).lag === name);
    const live = (model.portIds.includes(name) ? [name] : members)
      .map((id) => model.port(id))
      .filter((it) => it.operUp);
    return {
      name,
      short: short(name),
      config: model.running.ports[name]!,
      up: live.length > 0,
      trunking: live[0]?.mode === 'trunk',
      members,
    };
  });
}
