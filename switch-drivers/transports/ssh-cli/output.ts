// CSI, OSC and two-character escape sequences (ECMA-48 5.4, 5.6).
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal output is made of control characters
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g;

/** The line the cursor stands on at the end of `text`, as a reader would see it. */
export function lastLine(text: string): string {
  const plain = text.slice(-2048).replace(ESCAPES, '');
  return overwrite(plain.slice(plain.lastIndexOf('\n') + 1));
}

/** Applies carriage returns and backspaces: pagers and line editors write over what they wrote. */
function overwrite(text: string): string {
  if (!/[\r\b]/.test(text)) return text.trimEnd();
  const cells: string[] = [];
  let column = 0;
  for (const char of text) {
    if (char === '\r') column = 0;
    else if (char === '\b') column = Math.max(0, column - 1);
    else cells[column++] = char;
  }
  return cells.join('').trimEnd();
}

/** What a command printed: without its echo, without the prompt, escapes and overwritten text. */
export function commandOutput(raw: string, sent: string): string {
  const lines = raw.replace(ESCAPES, '').replaceAll('\r\n', '\n').split('\n').map(overwrite);
  if (lines[0] !== undefined && (lines[0] === sent.trimEnd() || lines[0].endsWith(sent.trimEnd()))) lines.shift();
  lines.pop();
  return lines.join('\n');
}
