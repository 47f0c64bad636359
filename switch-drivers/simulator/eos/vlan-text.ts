/** A VLAN set as EOS prints it: `1-3,10`. */
export function vlanText(ids: readonly number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < ids.length; index += 1) {
    const first = ids[index]!;
    while (ids[index + 1] === ids[index]! + 1) index += 1;
    parts.push(first === ids[index] ? `${first}` : `${first}-${ids[index]}`);
  }
  return parts.join(',');
}
