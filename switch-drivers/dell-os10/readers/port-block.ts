import { parseVlanList } from '../../transports/ssh-cli/parse.ts';

/** What the block of a port says about layer 2; null where it is silent. */
export interface PortBlock {
  shutdown: boolean | null;
  routed: boolean;
  mode: 'access' | 'trunk';
  /** The VLAN of untagged frames, in either mode; `none`: a trunk that was told to have none. */
  access: number | 'none' | null;
  /** Ascending. */
  allowed: number[];
}

type Rule = readonly [RegExp, (block: PortBlock, match: RegExpExecArray) => false | undefined];

const RULES: readonly Rule[] = [
  [
    /^(no )?shutdown$/,
    (block, [, no]) => {
      block.shutdown = no === undefined;
    },
  ],
  [
    /^no switchport$/,
    (block) => {
      block.routed = true;
    },
  ],
  [
    /^switchport mode (access|trunk)$/,
    (block, [, mode]) => {
      block.mode = mode === 'trunk' ? 'trunk' : 'access';
    },
  ],
  [
    /^switchport access vlan (\d{1,4})$/,
    (block, [, vlan = '']) => {
      const [id] = parseVlanList(vlan) ?? [];
      if (id === undefined) return false;
      block.access = id;
    },
  ],
  [
    /^no switchport access vlan$/,
    (block) => {
      block.access = 'none';
    },
  ],
  [
    // Each line adds to the list.
    /^switchport trunk allowed vlan (\S+)$/,
    (block, [, list = '']) => {
      const ids = parseVlanList(list);
      if (ids === null) return false;
      block.allowed = [...new Set([...block.allowed, ...ids])].sort((a, b) => a - b);
    },
  ],
];

export function silentBlock(): PortBlock {
  return { shutdown: null, routed: false, mode: 'access', access: null, allowed: [] };
}

/** Takes one line. `unknown`: it is about something else; `wrong`: it is not what the grammar allows. */
export function takeBlockLine(block: PortBlock, text: string): 'taken' | 'unknown' | 'wrong' {
  for (const [pattern, take] of RULES) {
    const match = pattern.exec(text);
    if (match) return take(block, match) === false ? 'wrong' : 'taken';
  }
  return 'unknown';
}

export function portBlock(lines: readonly string[]): PortBlock {
  const block = silentBlock();
  for (const text of lines) takeBlockLine(block, text);
  return block;
}

/** Is the line one of those that a block is read from? */
export function isBlockLine(text: string): boolean {
  return RULES.some(([pattern]) => pattern.test(text));
}
