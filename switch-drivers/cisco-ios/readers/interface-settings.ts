import {
  type SettingRule,
  type SwitchportSettings,
  silentSwitchport,
  switchportRules,
  takeSetting as takeKnown,
} from '../../transports/ssh-cli/text/switchport-settings.ts';
import { commandMeaning } from './interface-commands.ts';

/** What the configuration says about one interface, defaults included. */
export interface InterfaceSettings extends SwitchportSettings {
  adminUp: boolean;
  /** What the block says about the layer. */
  layerEvidence: Set<'no ip address' | 'switchport setting' | 'address' | 'switchport' | 'no switchport'>;
}

/** An interface about which the configuration says nothing: IOS prints no defaults. */
export function silentInterface(portId: string): InterfaceSettings {
  return { ...silentSwitchport(portId), adminUp: true, layerEvidence: new Set() };
}

/** False: the line is not understood. What it says about layer 2 is among `foreign` then. */
export function takeSetting(port: InterfaceSettings, setting: string): false | undefined {
  if (/^switchport /.test(setting)) port.layerEvidence.add('switchport setting');
  return takeKnown(port, setting, RULES, commandMeaning);
}

const RULES: ReadonlyArray<SettingRule<InterfaceSettings>> = [
  ...switchportRules,
  [
    /^(no )?shutdown$/,
    (port, [, no]) => {
      port.adminUp = no !== undefined;
    },
  ],
  [/^no switchport$/, (port) => void port.layerEvidence.add('no switchport')],
  [/^switchport$/, (port) => void port.layerEvidence.add('switchport')],
  [
    /^(?:ip (?:address (?:\d|dhcp)|vrf forwarding )|vrf forwarding |ipv6 address )/,
    (port) => void port.layerEvidence.add('address'),
  ],
  [/^no ip address$/, (port) => void port.layerEvidence.add('no ip address')],
  [
    /^channel-group (\d{1,4})(?: mode (?:active|passive|on|auto|desirable)(?: non-silent)?)?$/,
    (port, [, group]) => {
      port.lag = `Port-channel${Number(group)}`;
    },
  ],
  [
    /^switchport mode dynamic (?:auto|desirable)$/,
    (port) => {
      port.mode = 'other';
    },
  ],
];
