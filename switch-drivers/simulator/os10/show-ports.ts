import { portViews } from '../cli/port-views.ts';
import { naturalSort } from '../cli/sort.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { ETHERNET, shortName } from './interface-names.ts';
import { taggedOf, untaggedOf } from './membership.ts';

const HEADING = 'Port            Description     Status   Speed    Duplex   Mode Vlan Tagged-Vlans';

export function showInterfaceStatus(model: SwitchModel): string {
  const rule = '-'.repeat(HEADING.length);
  const rows = portViews(model, (name) => shortName(name, ' ')).map(({ short, config, up }) => {
    const layer3 = config.routed || config.lag !== null;
    const tagged = taggedOf(config);
    return [
      short.padEnd(16),
      (config.description ?? '').slice(0, 15).padEnd(16),
      (up ? 'up' : 'down').padEnd(9),
      (up ? '25G' : '0').padEnd(9),
      (up ? 'full' : '').padEnd(9),
      (layer3 ? '-' : config.mode === 'trunk' ? 'T' : 'A').padEnd(5),
      (layer3 ? '-' : `${untaggedOf(config) ?? '-'}`).padEnd(5),
      layer3 || tagged.length === 0 ? '-' : vlanText(tagged),
    ].join('');
  });
  return `${[rule, HEADING, rule, ...rows, rule].join('\n')}\n`;
}

export function showVlan(model: SwitchModel): string {
  const views = portViews(model, shortName).filter(({ config }) => !config.routed && config.lag === null);
  const rows = Object.entries(model.running.vlans).flatMap(([key, { name }]) => {
    const vlan = Number(key);
    const untagged = views.filter(({ config }) => untaggedOf(config) === vlan);
    const tagged = views.filter(({ config }) => taggedOf(config).includes(vlan));
    const active = [...untagged, ...tagged].some(({ up }) => up);
    const lists = [
      ...portLists(tagged.map((view) => view.name)).map((list) => `T ${list}`),
      ...portLists(untagged.map((view) => view.name)).map((list) => `A ${list}`),
    ];
    const state = (active ? 'Active' : 'Inactive').padEnd(10);
    const head = `${vlan === 1 ? '*' : ' '}   ${key.padEnd(7)}${state}${(vlan === 1 ? '' : name).padEnd(32)}`;
    return [`${head}${lists[0] ?? ''}`, ...lists.slice(1).map((list) => `${' '.repeat(head.length)}${list}`)];
  });
  return `Codes: * - Default VLAN, M - Management VLAN, R - Remote Port Mirroring VLANs,
       @ - Attached to Virtual Network, P - Primary, C - Community, I - Isolated,
       S - VLAN-Stack VLAN
Q: A - Access (Untagged), T - Tagged
    NUM    Status    Description                     Q Ports
${rows.map((row) => `${row.trimEnd()}\n`).join('')}`;
}

/** `Eth1/1/1-1/1/3,1/1/7` and `Po1,10`: a list for each kind. */
function portLists(names: readonly string[]): string[] {
  const sorted = names.toSorted(naturalSort);
  const ethernet = sorted.filter((name) => name.startsWith(ETHERNET)).map((name) => Number(name.split('/').at(-1)));
  const channels = sorted.filter((name) => !name.startsWith(ETHERNET)).map((name) => shortName(name).slice(2));
  const ports = vlanText(ethernet).replaceAll(/\d+/g, '1/1/$&');
  return [...(ports === '' ? [] : [`Eth${ports}`]), ...(channels.length === 0 ? [] : [`Po${channels.join(',')}`])];
}
