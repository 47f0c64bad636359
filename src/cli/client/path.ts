/** `path` with its parts encoded: names come from people. */
export function path(strings: TemplateStringsArray, ...parts: string[]): string {
  return strings.reduce((text, piece, at) => `${text}${encodeURIComponent(parts[at - 1]!)}${piece}`);
}
