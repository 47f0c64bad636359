import {
  type SettingRule,
  type SwitchportSettings,
  silentSwitchport,
  switchportRules,
  takeSetting as takeKnown,
} from '../../transports/ssh-cli/text/switchport-settings.ts';
import { commandMeaning } from './interface-commands.ts';

/** What the configuration says about one interface; null where it is silent and the switch's own defaults count. */
export interface InterfaceSettings extends SwitchportSettings {
  shutdown: boolean | null;
  switchport: boolean | null;
}

export function silentInterface(portId: string): InterfaceSettings {
  return { ...silentSwitchport(portId), shutdown: null, switchport: null };
}

/** False: the line is not understood. What it says about layer 2 is among `foreign` then. */
export function takeSetting(port: InterfaceSettings, setting: string): false | undefined {
  return takeKnown(port, setting, RULES, commandMeaning);
}

const RULES: ReadonlyArray<SettingRule<InterfaceSettings>> = [
  ...switchportRules,
  [
    /^(no )?shutdown(?: force)?$/,
    (port, [, no]) => {
      port.shutdown = no === undefined;
    },
  ],
  [
    /^(no )?switchport$/,
    (port, [, no]) => {
      port.switchport = no === undefined;
    },
  ],
  [
    // Static LAGs are written without a mode.
    /^channel-group (\d{1,4})(?: force)?(?: mode (?:active|passive|on))?$/,
    (port, [, group]) => {
      port.lag = `port-channel${Number(group)}`;
    },
  ],
];
