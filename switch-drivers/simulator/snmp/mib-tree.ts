import type { SimConfig } from '../model/config.ts';
import { compareOids, type MibValue, type Oid, oidOf } from './values.ts';

export interface Cell {
  index: Oid;
  value: MibValue;
}

/** What a SET would do: how the log calls it, and its effect. The effect throws `SetRefused`. */
export interface Edit {
  line: string;
  apply(config: SimConfig): void;
}

/** An object type of a MIB; a scalar has one cell, at index 0. */
export interface MibObject {
  oid: string;
  cells(): readonly Cell[];
  /** Left out: read-only. Throws `SetRefused`. */
  set?(index: Oid, value: MibValue): Edit;
}

/** What an agent refuses a SET with: an error status of RFC 3416 section 3. */
export class SetRefused extends Error {
  readonly status: string;
  /** Which object of the request it was. */
  at = 0;

  constructor(status: string) {
    super(status);
    this.status = status;
  }
}

/** All that an agent knows, in the order of the OIDs. */
export class MibTree {
  #objects: Array<MibObject & { base: Oid }>;
  #sorted = new WeakMap<readonly Cell[], Sorted>();

  constructor(objects: readonly MibObject[]) {
    this.#objects = objects
      .map((object) => ({ ...object, base: oidOf(object.oid) }))
      .toSorted((a, b) => compareOids(a.base, b.base));
  }

  object(oid: Oid): { object: MibObject; index: Oid } | null {
    const object = this.#objects.find(({ base }) => base.every((part, at) => oid[at] === part));
    return object ? { object, index: oid.slice(object.base.length) } : null;
  }

  /** Tables are worked out once a request; not even that where they are the same as before. */
  reader(): MibReader {
    return new MibReader(this.#objects, this.#sorted);
  }
}

type Sorted = Array<{ oid: Oid; value: MibValue }>;

export class MibReader {
  #objects: ReadonlyArray<MibObject & { base: Oid }>;
  #sorted: WeakMap<readonly Cell[], Sorted>;
  #cells = new Map<MibObject, Sorted>();

  constructor(objects: ReadonlyArray<MibObject & { base: Oid }>, sorted: WeakMap<readonly Cell[], Sorted>) {
    this.#objects = objects;
    this.#sorted = sorted;
  }

  get(oid: Oid): MibValue | null {
    const object = this.#objects.find(({ base }) => base.every((part, at) => oid[at] === part));
    return (object && this.#cellsOf(object).find((cell) => compareOids(cell.oid, oid) === 0)?.value) ?? null;
  }

  /** The first cell behind the OID; null at the end of the MIB. */
  next(oid: Oid): { oid: Oid; value: MibValue } | null {
    for (const object of this.#objects) {
      const { base } = object;
      if (compareOids(base, oid) < 0 && !base.every((part, at) => oid[at] === part)) continue;
      const cells = this.#cellsOf(object);
      const at = firstBehind(cells, oid);
      const cell = cells[at];
      if (cell) return cell;
    }
    return null;
  }

  #cellsOf(object: MibObject & { base: Oid }): Sorted {
    const known = this.#cells.get(object);
    if (known) return known;
    const cells = object.cells();
    const sorted =
      this.#sorted.get(cells) ??
      cells
        .map(({ index, value }) => ({ oid: [...object.base, ...index], value }))
        .sort((a, b) => compareOids(a.oid, b.oid));
    this.#sorted.set(cells, sorted);
    this.#cells.set(object, sorted);
    return sorted;
  }
}

function firstBehind(cells: ReadonlyArray<{ oid: Oid }>, oid: Oid): number {
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareOids(cells[middle]?.oid ?? [], oid) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
