/** A predicate over the text of a property. */
export type Spec = (actual: string) => boolean;

const numberOperators: Record<string, (actual: number, wanted: number) => boolean> = {
  // A lone "=" means "at least": kept from the scheduler this grammar comes from (oslo.utils specs_matcher).
  '=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};
const textOperators: Record<string, (actual: string, wanted: string) => boolean> = {
  's==': (a, b) => a === b,
  's!=': (a, b) => a !== b,
  's>=': (a, b) => a >= b,
  's<=': (a, b) => a <= b,
  's>': (a, b) => a > b,
  's<': (a, b) => a < b,
};
const operatorPattern = /^(s==|s!=|s>=|s<=|s>|s<|==|!=|>=|<=|=|>|<)\s*(.*)$/s;

/** oslo.utils' matcher grammar; a bare value means equality in its kind. Texts compare without case. Null: not readable. */
export function parseSpec(expression: string, kind: 'number' | 'text'): Spec | null {
  const text = expression.trim().toLowerCase();
  if (text === '' || text.length > 4096) return null;
  if (text.startsWith('<or>')) return oneOf(split(text, '<or>'), kind);
  if (text.startsWith('<in>')) {
    const [part, ...more] = split(text, '<in>');
    return part === undefined || more.length > 0 ? null : (actual) => actual.toLowerCase().includes(part);
  }
  if (text.startsWith('<all-in>')) {
    const parts = text.slice('<all-in>'.length).trim().split(/\s+/);
    return parts[0] === '' ? null : (actual) => parts.every((part) => actual.toLowerCase().includes(part));
  }
  const match = operatorPattern.exec(text);
  const operator = match?.[1] ?? (kind === 'number' ? '==' : 's==');
  const operand = match ? match[2]!.trim() : text;
  const byText = textOperators[operator];
  if (byText) return operand === '' ? null : (actual) => byText(actual.toLowerCase(), operand);
  const byNumber = numberOperators[operator]!;
  const wanted = toNumber(operand);
  return wanted === null ? null : (actual) => compareNumber(actual, wanted, byNumber);
}

function compareNumber(actual: string, wanted: number, operator: (a: number, b: number) => boolean): boolean {
  const value = toNumber(actual);
  return value !== null && operator(value, wanted);
}

function oneOf(values: string[], kind: 'number' | 'text'): Spec | null {
  if (values.length === 0 || (kind === 'number' && values.some((value) => toNumber(value) === null))) return null;
  return (actual) =>
    values.some((value) => (kind === 'number' ? toNumber(value) === toNumber(actual) : value === actual.toLowerCase()));
}

const split = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function toNumber(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
