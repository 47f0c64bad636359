import type { SwitchModel } from '../model/switch-model.ts';
import { SetRefused } from './mib-tree.ts';
import type { MibValue, Oid } from './values.ts';

/** Ports with their numbers: bridge ports count from 1, interfaces from 1001, as on devices where the two differ. */
export function numbered(model: SwitchModel): Array<{ portId: string; bridgePort: number; ifIndex: number }> {
  return model.portIds.map((portId, at) => ({ portId, bridgePort: at + 1, ifIndex: at + 1001 }));
}

export function portAt(model: SwitchModel, by: 'bridgePort' | 'ifIndex', index: Oid): string {
  const port = index.length === 1 ? numbered(model).find((candidate) => candidate[by] === index[0]) : undefined;
  if (!port) throw new SetRefused('NoCreation');
  return port.portId;
}

/** A value of an enumeration. */
export function chosen<Word extends string>(
  { type, value }: MibValue,
  integerType: number,
  words: Record<number, Word>,
): Word {
  if (type !== integerType || typeof value !== 'number') throw new SetRefused('WrongType');
  const word = words[value];
  if (word === undefined) throw new SetRefused('WrongValue');
  return word;
}

export function octetsIn({ value }: MibValue): Buffer {
  if (!Buffer.isBuffer(value)) throw new SetRefused('WrongType');
  return value;
}
