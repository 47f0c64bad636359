import type { Row, Uuid, Value } from './notation.ts';

/** RFC 7047 section 5.1 `<condition>`: column, function, value. */
export type Condition = readonly [
  column: string,
  test: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'includes' | 'excludes',
  value: Value,
];

/** RFC 7047 section 5.1 `<mutation>`. On a set or map `insert` never overwrites a key that is there. */
export type Mutation = readonly [
  column: string,
  mutator: '+=' | '-=' | '*=' | '/=' | '%=' | 'insert' | 'delete',
  value: Value,
];

export interface Insert {
  op: 'insert';
  table: string;
  row: Row;
  'uuid-name'?: string;
}
export interface Select {
  op: 'select';
  table: string;
  where: readonly Condition[];
  columns?: readonly string[];
}
export interface Update {
  op: 'update';
  table: string;
  where: readonly Condition[];
  row: Row;
}
export interface Mutate {
  op: 'mutate';
  table: string;
  where: readonly Condition[];
  mutations: readonly Mutation[];
}
export interface Delete {
  op: 'delete';
  table: string;
  where: readonly Condition[];
}
/** Holds the transaction until the rows are (or are not) the given ones; `timeout` in ms, 0 = check once. */
export interface Wait {
  op: 'wait';
  timeout?: number;
  table: string;
  where: readonly Condition[];
  columns: readonly string[];
  until: '==' | '!=';
  rows: readonly Row[];
}
/** `durable`: the reply waits until the transaction is on the disk. */
export interface Commit {
  op: 'commit';
  durable: boolean;
}
export interface Abort {
  op: 'abort';
}
export interface Comment {
  op: 'comment';
  comment: string;
}
/** Fails the transaction unless this client holds the lock. */
export interface Assert {
  op: 'assert';
  lock: string;
}

/** RFC 7047 section 5.2. */
export type Operation = Insert | Select | Update | Mutate | Delete | Wait | Commit | Abort | Comment | Assert;

export type ResultOf<O extends Operation> = O extends Insert
  ? { uuid: Uuid }
  : O extends Select
    ? { rows: readonly Row[] }
    : O extends Update | Mutate | Delete
      ? { count: number }
      : Record<never, never>;

export type ResultsOf<Operations extends readonly Operation[]> = {
  -readonly [Index in keyof Operations]: ResultOf<Operations[Index]>;
};
