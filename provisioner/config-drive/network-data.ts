import { isIPv4, isIPv6 } from 'node:net';
import { FabricError } from '../../topology/error/fabric-error.ts';

/** One address configuration on a link. */
export type AddressConfig =
  | { family: 4 | 6; method: 'dhcp' }
  | { family: 6; method: 'slaac' }
  | {
      family: 4 | 6;
      method: 'static';
      /** CIDR, e.g. 192.0.2.7/24. */
      address: string;
      gateway?: string | null;
      dns?: string[];
      /** `to` in CIDR. */
      routes?: { to: string; via: string }[];
    };

export interface VlanConfig {
  vlanId: number;
  mtu?: number;
  addresses: AddressConfig[];
  /** The tenant network's id, if any. */
  networkId?: string;
}

interface LinkBase {
  macAddress: string;
  mtu?: number;
  /** Untagged. */
  addresses: AddressConfig[];
  networkId?: string;
  vlans?: VlanConfig[];
}

export type PortConfig =
  | (LinkBase & { kind: 'nic' })
  | (LinkBase & {
      kind: 'bond';
      /** Linux bonding mode by name. */
      mode: string;
      /** MACs of its members. */
      members: string[];
      /** ms. */
      miimon?: number;
      xmitHashPolicy?: string;
    });

export interface NetworkData extends Record<string, unknown> {
  links: Record<string, unknown>[];
  networks: Record<string, unknown>[];
  services: { type: 'dns'; address: string }[];
}

/**
 * OpenStack network_data.json for these ports, as cloud-init and Glean read it: physical links first, then bonds, then
 * VLANs on them. Ids are by position, so equal input gives equal output. Throws `config_drive_network_invalid`.
 */
export function networkDataFor(ports: PortConfig[], options: { dns?: string[] } = {}): NetworkData {
  const phys: Record<string, unknown>[] = [];
  const bonds: Record<string, unknown>[] = [];
  const vlans: Record<string, unknown>[] = [];
  const networks: Record<string, unknown>[] = [];
  const dns = new Set(options.dns ?? []);
  const physical = (macAddress: string, mtu: number | undefined): string => {
    const id = `phy${phys.length}`;
    phys.push({ id, type: 'phy', ethernet_mac_address: mac(macAddress), mtu: mtu ?? null });
    return id;
  };
  const addNetworks = (link: string, addresses: AddressConfig[], networkId: string | undefined): void => {
    for (const address of addresses) {
      networks.push({ id: `network${networks.length}`, link, network_id: networkId ?? '', ...network(address) });
      if (address.method === 'static') for (const server of address.dns ?? []) dns.add(server);
    }
  };
  for (const port of ports) {
    let link: string;
    if (port.kind === 'nic') {
      link = physical(port.macAddress, port.mtu);
    } else {
      link = `bond${bonds.length}`;
      const members = port.members.map((member) => physical(member, port.mtu));
      bonds.push({
        id: link,
        type: 'bond',
        ethernet_mac_address: mac(port.macAddress),
        mtu: port.mtu ?? null,
        bond_mode: port.mode,
        bond_links: members,
        bond_miimon: port.miimon ?? 100,
        ...(port.xmitHashPolicy ? { bond_xmit_hash_policy: port.xmitHashPolicy } : {}),
      });
    }
    addNetworks(link, port.addresses, port.networkId);
    for (const vlan of port.vlans ?? []) {
      if (!Number.isInteger(vlan.vlanId) || vlan.vlanId < 1 || vlan.vlanId > 4094)
        throw invalid(`VLAN id ${vlan.vlanId} is not in 1..4094`);
      const id = `vlan${vlans.length}`;
      vlans.push({
        id,
        type: 'vlan',
        vlan_link: link,
        vlan_id: vlan.vlanId,
        vlan_mac_address: mac(port.macAddress),
        mtu: vlan.mtu ?? port.mtu ?? null,
      });
      addNetworks(id, vlan.addresses, vlan.networkId);
    }
  }
  return {
    links: [...phys, ...bonds, ...vlans],
    networks,
    services: [...dns].map((address) => {
      if (!isIPv4(address) && !isIPv6(address)) throw invalid(`DNS server "${address}" is not an IP address`);
      return { type: 'dns', address };
    }),
  };
}

function network(config: AddressConfig): Record<string, unknown> {
  if (config.method === 'dhcp') return { type: `ipv${config.family}_dhcp` };
  if (config.method === 'slaac') return { type: 'ipv6_slaac' };
  const [address, prefix] = cidr(config.address, config.family);
  const anywhere = config.family === 4 ? '0.0.0.0/0' : '::/0';
  const wanted = [...(config.gateway ? [{ to: anywhere, via: config.gateway }] : []), ...(config.routes ?? [])];
  const routes = wanted.map(({ to, via }) => {
    const [target, length] = cidr(to, config.family);
    if (!isFamily(via, config.family)) throw invalid(`gateway "${via}" is not an IPv${config.family} address`);
    return { network: target, netmask: netmask(length, config.family), gateway: via };
  });
  return { type: `ipv${config.family}`, ip_address: address, netmask: netmask(prefix, config.family), routes };
}

const isFamily = (address: string, family: 4 | 6): boolean => (family === 4 ? isIPv4(address) : isIPv6(address));

function cidr(text: string, family: 4 | 6): [string, number] {
  const match = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text);
  const length = Number(match?.[2]);
  if (!match || !isFamily(match[1]!, family) || length > (family === 4 ? 32 : 128))
    throw invalid(`"${text}" is not an IPv${family} address with prefix length`);
  return [match[1]!, length];
}

/** Dotted or in colon form: not every reader takes a prefix length. */
function netmask(length: number, family: 4 | 6): string {
  const bits = '1'.repeat(length).padEnd(family === 4 ? 32 : 128, '0');
  if (family === 4)
    return bits
      .match(/.{8}/g)!
      .map((octet) => Number.parseInt(octet, 2))
      .join('.');
  return bits
    .match(/.{16}/g)!
    .map((group) => Number.parseInt(group, 2).toString(16))
    .join(':');
}

function mac(text: string): string {
  const normal = text.toLowerCase().replaceAll('-', ':');
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(normal)) throw invalid(`"${text}" is not a MAC address`);
  return normal;
}

function invalid(problem: string): FabricError {
  return new FabricError(
    'config_drive_network_invalid',
    `network_data cannot be made: ${problem}. Correct the port or the network.`,
  );
}
