import type { VlanMember } from '../../contract/rows.ts';
import { canonicalName } from '../port-names.ts';

/** TG and UT; a mapped or stacked VLAN (MP, ST) goes in another way than either. */
const TAGGED: Record<string, boolean | null> = { TG: true, UT: false, MP: null, ST: null };

export interface MemberList {
  ports: VlanMember[];
  /** How the ports of the next line are members, unless it says so itself; undefined: nothing was said yet. */
  tagged: boolean | null | undefined;
}

/** `UT:XGE0/0/1(D) XGE0/0/2(U)`, `TG: Eth-Trunk0(U)`, or names that go on with the line before. Null: there is another word. */
export function memberList(text: string, before: MemberList['tagged']): MemberList | null {
  const ports: VlanMember[] = [];
  let tagged = before;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [, how, name = ''] = /^(?:(UT|TG|MP|ST):)?(.*)$/.exec(word) ?? [];
    if (how !== undefined) tagged = TAGGED[how];
    if (name === '') continue;
    const portId = canonicalName(name.replace(/\([UD]\)\*?$/, ''));
    if (portId === null || tagged === undefined) return null;
    ports.push({ portId, tagged });
  }
  return { ports, tagged };
}
