/** The blocks of a configuration: lines without indent that open one, and the indented lines below, without their indent. */
export function blocksOf(
  text: string,
  heading: RegExp,
  nameOf: (text: string) => string | null,
): Map<string, string[]> {
  const blocks = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trimEnd();
    const opened = heading.exec(line)?.[1];
    if (opened !== undefined) {
      const name = nameOf(opened);
      current = [];
      if (name !== null) blocks.set(name, current);
    } else if (/^\S/.test(line)) {
      current = null;
    } else if (line !== '') {
      current?.push(line.trim());
    }
  }
  return blocks;
}
