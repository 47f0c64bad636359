/** A kind of interface: `Ethernet`, short `Et`; what a person types has `least` letters of it. */
export interface InterfaceKind {
  name: string;
  short: string;
  least: number;
}

/** How a vendor writes interface names. */
export interface InterfaceNames {
  /** `et1`, `Ethernet 1`, `Po7` to the name the device prints; null when it is no interface name. */
  canonical(text: string): string | null;
  short(name: string): string;
}

export function interfaceNames(kinds: readonly InterfaceKind[]): InterfaceNames {
  return {
    canonical(text) {
      const [, word, number] = /^((?:\d+(?=[A-Za-z]))?[A-Za-z-]+) ?(\d+(?:\/\d+)*)$/.exec(text.trim()) ?? [];
      if (word === undefined || number === undefined) return null;
      const kind = kinds.find(
        ({ name, least }) => word.length >= least && name.toLowerCase().startsWith(word.toLowerCase()),
      );
      return kind ? kind.name + number : null;
    },
    short(name) {
      const kind = kinds.find(
        (candidate) => /^\d/.test(name.slice(candidate.name.length)) && name.startsWith(candidate.name),
      );
      return kind ? kind.short + name.slice(kind.name.length) : name;
    },
  };
}
